//! Searching all dates: what is found, how one gets there and back.

#[path = "support/app.rs"]
#[allow(dead_code, reason = "each test file uses its part of the app")]
mod app;

use app::{App, Setup};
use insta::assert_snapshot;
use wenzhai::catalogue::Lang;

#[test]
fn a_word_is_searched_in_all_dates_while_it_is_typed() {
    let mut app = App::sample(80, 24);
    app.keys("g / type:reward");
    assert_snapshot!(app.shot());
    app.keys("Enter j");
    assert_snapshot!(app.shot());
}

#[test]
fn wide() {
    let mut app = App::sample(200, 50);
    app.keys("g / type:奖励 Enter");
    assert_snapshot!(app.screen());
    let setup = Setup { size: (120, 36), lang: Lang::En, ..Setup::default() };
    let mut app = App::open(wenzhai::archive::sample(), setup);
    app.keys("g / type:model Enter");
    assert_snapshot!(app.screen());
}
