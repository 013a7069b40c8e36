// The use cases of the studio, once. A host passes the name of a macro of its own and decides how to
// serve them, never what they do. One line reads
//
//     kind METHOD "path" area::function(Request) -> Response provides|invalidates [tags];
//
// `area::function` is found in this crate, the request and the response in `wire`. A bracketed part of
// the path is a field of the request. Requests served by GET carry text fields only.
//
// This file holds nothing but the macro, so that build scripts can include it without the crate.

/// Expands `$host!` with the list of use cases.
#[macro_export]
macro_rules! with_use_cases {
    ($host:ident) => {
        $host! {
            query GET "/about" about::describe_product(DescribeProduct) -> Product provides [Product];
        }
    };
}
