macro_rules! roles {
    ($( $(#[$doc:meta])* $variant:ident $name:literal; )+) => {
        /// What a stretch of text or a place is, for the theme to choose a look.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role {
            $( $(#[$doc])* $variant, )+
        }

        impl Role {
            /// Every role, in the order of the table.
            pub const ALL: &[Self] = &[$( Self::$variant ),+];

            /// The name in theme files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }
        }
    };
}

roles! {
    /// Ordinary text.
    Plain "plain";
    /// Second in rank: authors, gist, numbers, words of key hints.
    Dim "dim";
    /// A heading inside a text, the active tab.
    Heading "heading";
    /// The Latin name in a title.
    Strong "strong";
    /// What the filter or a search found.
    Hit "hit";
    /// The hit of a search that one is at.
    CurrentHit "current_hit";
    /// A venue.
    Venue "venue";
    /// The mark of a bookmark.
    Bookmark "bookmark";
    /// A loss or an error.
    Error "error";
    /// The bar before the selected item of the pane that has the keys.
    Bar "bar";
    /// The bar before the selected item of another pane.
    IdleBar "idle_bar";
    /// The ground of the selected item, laid under the looks of its texts.
    Selected "selected";
    /// The lines between panes.
    Rule "rule";
    /// The frame of a popup.
    Frame "frame";
}
