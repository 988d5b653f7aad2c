use yew::prelude::*;

/// A table that scrolls by itself where the page is narrow; the first cell of each row is its header.
pub(super) fn table(caption: &'static str, head: &[&'static str], rows: impl Iterator<Item = Vec<String>>) -> Html {
    let mut body: Vec<Html> = Vec::new();
    for row in rows {
        let cells = row.into_iter().enumerate().map(|(column, cell)| match column {
            0 => html! { <th scope="row">{ cell }</th> },
            _ => html! { <td>{ cell }</td> },
        });
        body.push(html! { <tr>{ for cells }</tr> });
    }
    html! {
        <div class="table-scroll" tabindex="0" role="group" aria-label={caption}>
            <table>
                <caption>{ caption }</caption>
                <thead><tr>{ for head.iter().map(|name| html! { <th scope="col">{ *name }</th> }) }</tr></thead>
                <tbody>{ body }</tbody>
            </table>
        </div>
    }
}
