//! The releases, each in a folder of its own: its defaults, and what it changed against its predecessor.

mod main_1838;
mod main_775;
mod main_776;
mod main_871;
mod v11_0_0;
mod v11_1_0;
mod v14_0_0;
mod v7_0_0;
mod v7_1_0;
mod v7_2_0;

use crate::Release;

/// The release that is asked about where none is named, by itself: what asks about no other does not carry the others.
pub(crate) static DEFAULT: Release = v7_1_0::release();

/// Every release, oldest first.
pub(crate) static ALL: [Release; 10] = [
    v7_0_0::release(),
    main_775::release(),
    main_776::release(),
    v7_1_0::release(),
    main_871::release(),
    v7_2_0::release(),
    v11_0_0::release(),
    v11_1_0::release(),
    v14_0_0::release(),
    main_1838::release(),
];
