//! What must not compile, and what the compiler must say.
//!
//! Each program under `ui/` makes one mistake, and its `.stderr` holds one error, which `catalogue` holds against what was
//! promised. The texts are those of one toolchain.
#![cfg(test)]

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    for topic in ["flow", "names", "nested", "node", "reducer", "shape", "state", "types", "update"] {
        cases.compile_fail(format!("tests/ui/{topic}/*.rs"));
    }
}
