"""What goes into an installed Fieldquill and how it is put together, whatever the system it is for.

`linux`, `windows` and `macos` each make the packages for a system, step by step; begin there. Their steps:

- what goes in: `recipe` has the lists, `staging` lays files where a package is made from, `icons` draws;
- what a package says of itself: `about` writes it, as `sbom` and `notices`, from `parts`, which asks `distributions`,
  `shipped` and `debian`;
- for Linux: `frozen`, with `icu` and `forget`, then `deb` and `tarball`, with `desktop` and `manual`;
- for Windows: `embed`, `slack`, `bytecode`, which runs `compiler`, `launcher` and `signing`; `portable`, `nsis`.

`check` tries what they made.
"""
