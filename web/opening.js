// Before anything is drawn: is the page inside another one, and is what it opens with, the answer for the chart's defaults,
// the answer that this visit gets? web/src/opening.rs decides the latter again, by the same places.
{
  const remembers = () => {
    try {
      return localStorage.getItem("rollcast") !== null;
    } catch {
      return false;
    }
  };
  const { hash } = location;
  const asks = /[#&](v\d+|scenario)=/.test(hash) || typeof history.state === "string" || remembers();
  document.documentElement.toggleAttribute("data-embed", /[#&]embed(&|$)/.test(hash));
  document.documentElement.toggleAttribute("data-asks", asks);
}
