"""What packages in `dist` are put through: installed, used and removed, as somebody would.

Each part is a module with a function `run(checks)`, and has others to itself:

- `contents` looks into packages: `opened`, `binaries`, `places`, `accounted`, `schema`;
- `linux` uses those for Linux, in a `debian_root`;
- `windows` uses those for Windows, under `wine`: `corners`, `installer` and `portable`, with `bench`, `use`, `traces`,
  `stubs` and `imported`;
- `start` measures, `same` makes all of them again.

All have `outcome`; what shows a window has a `screen`, and what is compared with the checkout `checkout`.
"""
