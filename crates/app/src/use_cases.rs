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

            query GET "/samples" samples::list_samples(ListSamples) -> Samples provides [Product];
            mutation POST "/samples/{sample}" samples::open_sample_deal(OpenSampleDeal) -> DealView invalidates [Deals];

            query GET "/deals" deals::list_open_deals(ListOpenDeals) -> OpenDeals provides [Deals];
            mutation POST "/deals" deals::open_deal_file(OpenDealFile) -> DealView invalidates [Deals];
            query GET "/deals/{deal}" deals::view_deal(ViewDeal) -> DealView provides [Deal];
            query GET "/deals/{deal}/file" deals::write_deal_file(WriteDealFile) -> DealFile provides [Deal];
            mutation PATCH "/deals/{deal}" deals::edit_deal(EditDeal) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/elements" deals::add_element(AddElement) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/undo" deals::undo_edit(UndoEdit) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/redo" deals::redo_edit(RedoEdit) -> DealView invalidates [Deals, Deal, Figures];
            query GET "/deals/{deal}/revisions" deals::list_revisions(ListRevisions) -> Revisions provides [Deal];
            query GET "/deals/{deal}/findings" findings::list_findings(ListFindings) -> Findings provides [Figures];
            query GET "/deals/{deal}/figures" figures::view_figures(ViewFigures) -> Figures provides [Figures];
            query GET "/deals/{deal}/explanation" figures::explain_figure(ExplainFigure) -> TreeDto provides [Figures];
            mutation POST "/deals/{deal}/packs" packs::export_pack(ExportPack) -> ExportedPack invalidates [];
            mutation DELETE "/deals/{deal}" deals::close_deal(CloseDeal) -> OpenDeals invalidates [Deals];

            query GET "/incentives" incentives::search_programs(SearchPrograms) -> Programs provides [Incentives];
            query GET "/incentives/{program}" incentives::show_program(ShowProgram) -> ProgramView provides [Incentives];
        }
    };
}
