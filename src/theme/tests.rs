use ratatui::style::{Color, Modifier, Style};

use super::*;

/// Backgrounds that people have, and the text on them: xterm and the schemes that editors made popular.
const DARK: [(&str, &str); 7] = [
    ("#000000", "#ffffff"),
    ("#1c1c1c", "#d8d8d8"),
    ("#1e1e1e", "#d4d4d4"),
    ("#282c34", "#dcdfe4"),
    ("#282a36", "#f8f8f2"),
    ("#1e1e2e", "#cdd6f4"),
    ("#2e3440", "#eceff4"),
];
const LIGHT: [(&str, &str); 5] = [
    ("#ffffff", "#000000"),
    ("#ffffff", "#262626"),
    ("#fafafa", "#383a42"),
    ("#fdf6e3", "#073642"),
    ("#eff1f5", "#3a3d52"),
];

fn rgb(text: &str) -> Rgb {
    Rgb::from_hex(text).unwrap()
}

fn seen(colour: Option<Color>, own: Rgb) -> Rgb {
    match colour {
        None | Some(Color::Reset) => own,
        Some(Color::Rgb(r, g, b)) => Rgb(r, g, b),
        Some(Color::Indexed(n)) => Rgb::of_index(n),
        Some(other) => panic!("{other:?} is the terminal's own"),
    }
}

/// Every role on the plain ground and on that of the selected row, in all colours and in 256.
fn worst(name: &str, grounds: &[(&str, &str)]) -> (f64, String) {
    let mut worst = (21.0_f64, String::new());
    for (ground, ink) in grounds {
        let (ground, ink) = (rgb(ground), rgb(ink));
        for depth in [Depth::Indexed, Depth::True] {
            let theme = Sheet::builtin(name).resolve(depth, Some(Colours { ink: Some(ink), ground }));
            let selected = seen(theme.style(Role::Selected).bg, ground);
            for role in Role::ALL {
                for behind in [ground, selected] {
                    let contrast = seen(theme.style(*role).fg, ink).contrast(behind);
                    if contrast < worst.0 {
                        worst = (contrast, format!("{name} {role:?} {depth:?} on {behind:?}"));
                    }
                }
            }
        }
    }
    worst
}

#[test]
fn shipped_themes_have_no_mistakes() {
    for (name, text) in BUILTIN {
        let (_, problems) = Sheet::parse(text, name);
        assert_eq!(problems, [], "{name}");
    }
}

#[test]
fn all_text_is_easy_to_read() {
    for (name, grounds, least) in [
        ("dark", &DARK[..], 4.5),
        ("light", &LIGHT[..], 4.5),
        ("high-contrast-dark", &DARK[..3], 7.0),
        ("high-contrast-light", &LIGHT[..2], 7.0),
    ] {
        let (contrast, what) = worst(name, grounds);
        assert!(contrast >= least, "{what}: {contrast:.2}");
    }
}

/// Where the terminal does not say what it has, or has the other background, nothing is left to it.
#[test]
fn a_painted_theme_is_easy_to_read_anywhere() {
    for (name, least) in
        [("dark", 4.5), ("light", 4.5), ("high-contrast-dark", 7.0), ("high-contrast-light", 7.0)]
    {
        for depth in [Depth::Indexed, Depth::True] {
            let theme = Sheet::builtin(name).resolve_painted(depth);
            let own = Rgb(1, 2, 3);
            let Painted { ink, ground } = theme.painted().unwrap();
            let (ink, ground) = (seen(Some(ink), own), seen(Some(ground), own));
            let selected = seen(theme.style(Role::Selected).bg, ground);
            for role in Role::ALL {
                for behind in [ground, selected] {
                    let contrast = seen(theme.style(*role).fg, ink).contrast(behind);
                    assert!(contrast >= least, "{name} {role:?} {depth:?} on {behind:?}: {contrast:.2}");
                }
            }
        }
        for depth in [Depth::None, Depth::Sixteen] {
            assert_eq!(Sheet::builtin(name).resolve_painted(depth).painted(), None, "{name} {depth:?}");
        }
    }
}

#[test]
fn the_selected_row_is_seen_and_calm() {
    for (name, grounds) in [("dark", &DARK[..]), ("light", &LIGHT[..])] {
        for (ground, ink) in grounds {
            for depth in [Depth::Indexed, Depth::True] {
                let colours = Colours { ink: Some(rgb(ink)), ground: rgb(ground) };
                let theme = Sheet::builtin(name).resolve(depth, Some(colours));
                let tint = seen(theme.style(Role::Selected).bg, rgb(ground));
                let contrast = tint.contrast(rgb(ground));
                assert!((1.08..1.7).contains(&contrast), "{name} {ground} {depth:?}: {contrast:.2}");
            }
        }
    }
}

#[test]
fn sixteen_colours_leave_the_ground_and_colour_8_alone() {
    for name in BUILTIN.map(|(name, _)| name) {
        for depth in [Depth::None, Depth::Sixteen] {
            let theme = Sheet::builtin(name).resolve(depth, None);
            for role in Role::ALL {
                let Style { fg, bg, .. } = theme.style(*role);
                assert_eq!(bg, None, "{name} {role:?}");
                assert!(fg != Some(Color::DarkGray) && fg != Some(Color::Gray), "{name} {role:?}");
                let is_named = |c| {
                    matches!(
                        c,
                        Color::Red
                            | Color::Green
                            | Color::Yellow
                            | Color::Blue
                            | Color::Magenta
                            | Color::Cyan
                    )
                };
                assert!(
                    fg.is_none_or(is_named) && (depth > Depth::None || fg.is_none()),
                    "{name} {role:?} {fg:?}"
                );
            }
            assert!(theme.style(Role::Dim).add_modifier.contains(Modifier::DIM), "{name}");
        }
    }
}

/// What stands in the same place is told apart by attributes alone; venues and bookmarks have a place or a mark.
#[test]
fn attributes_tell_what_colours_tell() {
    let theme = Sheet::builtin("monochrome").resolve(Depth::None, None);
    let has_mark = |role: Role| matches!(role, Role::Venue | Role::Bookmark | Role::Selected | Role::Bar);
    let texts = [Role::Plain, Role::Dim, Role::Heading, Role::Hit, Role::CurrentHit, Role::Error];
    for a in texts {
        for b in texts.into_iter().filter(|b| *b != a && !has_mark(*b)) {
            assert_ne!(theme.style(a), theme.style(b), "{a:?} {b:?}");
        }
    }
    assert_ne!(theme.style(Role::Bar), theme.style(Role::IdleBar));
    assert_ne!(theme.style(Role::Strong), theme.style(Role::Plain));
}

#[test]
fn a_theme_is_laid_over_its_base() {
    let toml = "hit = \"bold 208\"\nbase = \"light\"\nground = \"#101418\"\nselected = \"on #202830\"\n";
    let (sheet, problems) = Sheet::parse(toml, "night.toml");
    assert_eq!(problems, []);
    let theme = sheet.resolve(Depth::True, None);
    let light = Sheet::builtin("light").resolve(Depth::True, None);
    assert_eq!(theme.style(Role::Hit), Style::new().fg(Color::Indexed(208)).add_modifier(Modifier::BOLD));
    assert_eq!(theme.style(Role::Selected).bg, Some(Color::Rgb(0x20, 0x28, 0x30)));
    assert_eq!(theme.style(Role::Venue), light.style(Role::Venue));
    // Fewer colours: the nearest, then the hue, then none.
    let style = |depth| sheet.resolve(depth, None).style(Role::Hit);
    assert_eq!(style(Depth::Indexed).fg, Some(Color::Indexed(208)));
    assert_eq!(style(Depth::Sixteen).fg, Some(Color::Yellow));
    assert_eq!(style(Depth::None), Style::new().add_modifier(Modifier::BOLD));
}

#[test]
fn mistakes_are_named_and_the_rest_is_used() {
    let toml = "base = \"drak\"\nheadng = \"bold\"\nhit = \"undreline cyan\"\nvenue = 3\nink = \"black\"\n\
        contrast = 50\nerror = \"red on\"\nbar = \"cyan\"\nwhat ever\nrule = \"dim\"\n";
    let (sheet, problems) = Sheet::parse(toml, "t.toml");
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said.join("\n"),
        "t.toml:1: `base`: expected one of dark, light, sixteen, monochrome, high-contrast-dark, \
         high-contrast-light; did you mean `dark`?\n\
         t.toml:2: unknown role `headng`; did you mean `heading`?\n\
         t.toml:3: `hit`: `undreline` is not a colour or an attribute; did you mean `underline`?\n\
         t.toml:4: `venue`: expected a look in quotes, such as \"bold cyan\"\n\
         t.toml:5: `ink`: expected a colour such as \"#1c1c1c\"\n\
         t.toml:6: `contrast`: expected a number from 1 to 21\n\
         t.toml:7: `error`: no colour stands after `on`\n\
         t.toml:9: not TOML: key with no value, expected `=`"
    );
    let theme = sheet.resolve(Depth::Sixteen, None);
    assert_eq!(theme.style(Role::Hit), Style::new().fg(Color::Cyan));
    assert_eq!(theme.style(Role::Bar), Style::new().fg(Color::Cyan));
    assert_eq!(theme.style(Role::Rule), Style::new().add_modifier(Modifier::DIM));
    let large = format!("#{}", "x".repeat(70_000));
    assert_eq!(Sheet::parse(&large, "t").1[0].to_string(), "t:1: this file is larger than 64 KiB");
    assert!(Sheet::parse("\u{1b}[31m = 1\n\0", "t").1.iter().all(|p| !p.to_string().contains('\u{1b}')));
}
