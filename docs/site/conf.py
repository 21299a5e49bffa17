"""Sphinx over the staged pages (stage.py); CMake gives version and folders with -D."""

project = "potential"
copyright = "the potential developers"
extensions = ["myst_parser", "breathe"]
root_doc = "index"

# The anchors that GitHub makes of headings.
myst_heading_anchors = 4

breathe_default_project = "potential"
breathe_default_members = ("members",)
breathe_show_include = False  # each header stands above what it declares
primary_domain = "cpp"
highlight_language = "none"
# Pygments gives up on a command of several lines in a console block.
suppress_warnings = ["misc.highlighting_failure"]
# Not documented here: C++ itself, Eigen, handles.
nitpick_ignore_regex = [
    ("cpp:identifier", r"(std|Eigen)(::.*)?"),
    # Declared for a handle, defined in private.
    ("cpp:identifier", "ScoringTable|ClassCounts|Reference|SitePlan"),
    ("cpp:identifier", r"u?int\d+_t|s?size_t"),
]

html_theme = "alabaster"
html_theme_options = {
    "description": "Statistical potentials from protein structures",
    "fixed_sidebar": True,
    "page_width": "80rem",
    "sidebar_width": "15rem",
    "body_max_width": "none",
    # The system's fonts: nothing is fetched.
    "font_family": "system-ui, sans-serif",
    "head_font_family": "system-ui, sans-serif",
    "font_size": "1rem",
    "code_font_size": "0.85rem",
}
html_sidebars = {"**": ["about.html", "navigation.html", "searchbox.html"]}
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
