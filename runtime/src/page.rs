//! Lists that come in pages.

mod items;
mod pager;
mod pages;
mod pending;
mod place;
mod walk;

pub use items::Items;
pub use pager::{Paged, Pager, PagerStyle};
pub use pages::Pages;
