use yew::prelude::*;

use crate::browser;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PlaceProps {
    pub(crate) id: AttrValue,
    #[prop_or(AttrValue::Static("place"))]
    pub(crate) class: AttrValue,
    /// Whether the children are all there is to show, without what the first drawing has here.
    pub(crate) ready: bool,
    pub(crate) children: Html,
}

/// A place of the page. In the build it is an element with this id. In a browser that element is there already, with the
/// first drawing in it: the children come behind that, and when they are ready it goes. So nothing of the first drawing is
/// laid out again before it goes.
#[component]
pub(crate) fn Place(props: &PlaceProps) -> Html {
    let host = use_memo(props.id.clone(), |id| browser::host(id));
    let first = use_mut_ref(|| host.as_ref().as_ref().map(browser::children).unwrap_or_default());
    if props.ready {
        // Not in an effect: between this and that there may be a frame with both.
        first.borrow_mut().drain(..).for_each(|part| part.remove());
    }
    match &*host {
        Some(host) => create_portal(props.children.clone(), host.clone()),
        None => html! { <div id={props.id.clone()} class={props.class.clone()}>{ props.children.clone() }</div> },
    }
}
