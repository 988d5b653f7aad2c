use yew::prelude::*;

use crate::browser;

const THEMES: [(&str, Option<&str>); 3] = [("Auto", None), ("Light", Some("light")), ("Dark", Some("dark"))];

/// The three-way switch: the system's choice, light, dark. It holds for this visit; nothing is stored.
#[component]
pub(crate) fn ThemeSwitch() -> Html {
    let chosen = use_state(|| None::<&'static str>);
    use_effect_with(*chosen, |theme| browser::set_root_attribute("data-theme", *theme));
    html! {
        <fieldset class="theme">
            <legend class="visually-hidden">{ "Colours" }</legend>
            <div class="switch">
                { for THEMES.map(|(name, theme)| {
                    let onchange = {
                        let chosen = chosen.clone();
                        move |_: Event| chosen.set(theme)
                    };
                    html! {
                        <label>
                            <input type="radio" name="theme" checked={*chosen == theme} {onchange} />
                            <span>{ name }</span>
                        </label>
                    }
                }) }
            </div>
        </fieldset>
    }
}
