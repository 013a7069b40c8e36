//! Requests that are refused, for every listed use case.

use serde_json::{Value, json};

use crate::sample::{DRIVERS, Known, RECEIPTS, SHEET, WORDS, moved_gap, receipts, released, sheet};

/// Well-formed requests that cannot be met.
pub(crate) fn refused(use_case: &str, known: &Known) -> Vec<Value> {
    let Known { project, binned, revision, .. } = known;
    match use_case {
        "create_library" => vec![
            json!({"full_name": " ", "passphrase": WORDS}),
            json!({"full_name": "A Producer", "passphrase": "short"}),
            json!({"full_name": "A Producer", "email": "nobody", "passphrase": WORDS}),
        ],
        "unlock_library" => vec![json!({"passphrase": "walrus paints six lanterns"})],
        "change_passphrase" => vec![
            json!({"old": "not the one at all", "new": "nine violet tugboats hum"}),
            json!({"old": WORDS, "new": "password1234"}),
        ],
        "change_profile" => vec![json!({"version": 7, "full_name": "Another Producer"})],
        "restore_library" => vec![
            json!({"content": "not Base64", "passphrase": WORDS}),
            json!({"content": "bm8gYmFja3Vw", "passphrase": WORDS}),
        ],
        "change_settings" => vec![
            json!({"theme": "pink"}),
            json!({"rates": [{
                "base": "USD", "quote": "CAD", "rate": "0", "date": "2026-11-20", "source": "The bank",
            }]}),
        ],
        "start_project" => {
            vec![json!({"name": "", "currency": "EUR"}), json!({"name": "The Comet", "currency": "EUROS"})]
        }
        "open_project" | "restore_project" | "purge_project" | "copy_project" | "export_project"
        | "bin_project" => {
            vec![json!({"project": "no-such-project"})]
        }
        "mark_step" => vec![json!({"project": "no-such-project", "step": 1})],
        "rename_project" => vec![
            json!({"project": project, "version": 1, "name": "The Quest", "description": ""}),
            json!({"project": binned, "version": 2, "name": "", "description": ""}),
        ],
        "keep_deal" => vec![json!({"deal": "d99"})],
        "view_statements" => vec![json!({"deal": "d99"}), json!({"deal": "d1", "party": "no-such-party"})],
        "export_statements" => {
            vec![json!({"deal": "d1", "month": "1999-01"}), json!({"deal": "d1", "language": "tlh"})]
        }
        "compare_recoupment" => vec![
            json!({"deal": "d1", "without": ["no-such-amendment"], "plan": null, "revision": null}),
            json!({"deal": "d1", "without": [], "plan": null, "revision": null}),
        ],
        "view_flows" => vec![json!({"deal": "d99"}), json!({"deal": "d1", "keep": "none"})],
        "compare_revisions" => vec![json!({"deal": "d1", "to": "no-such-revision"})],
        "restore_revision" => vec![json!({"deal": "d2", "revision": revision})],
        "name_version" => vec![
            json!({"deal": "d1", "revision": revision, "name": " "}),
            json!({"deal": "d1", "revision": revision, "name": "Sent to the bank"}),
        ],
        "unname_version" => vec![json!({"deal": "d1", "version": "no-such-version"})],
        "open_sample_deal" => vec![json!({"sample": "no-such-film"})],
        "open_deal_file" => vec![json!({"text": "{"}), json!({"text": "{\"schema\": \"recoup-deal/99\"}"})],
        "list_revisions" => vec![
            json!({"deal": "d99"}),
            json!({"deal": "d1", "page": "none"}),
            json!({"deal": "d1", "around": "r99"}),
        ],
        "view_deal" | "write_deal_file" | "undo_edit" | "redo_edit" | "list_findings" | "view_incentives"
        | "weigh_lines" | "list_packs" | "close_deal" => {
            vec![json!({"deal": "d99"})]
        }
        "edit_cells" => vec![
            json!({"deal": "d99", "revision": 1, "cells": [{"path": "name", "value": "X"}]}),
            json!({"deal": "d1", "revision": 4, "cells": []}),
            json!({"deal": "d1", "revision": 4, "cells": [
                {"path": "name", "value": "X"}, {"path": "no..path", "value": "X"},
            ]}),
        ],
        "edit_deal" => vec![
            json!({"deal": "d99", "revision": 1, "path": "name", "value": "X"}),
            json!({"deal": "d1", "revision": 1, "path": "name", "value": "X"}),
            json!({"deal": "d1", "revision": 4, "path": "no..path", "value": "X"}),
            json!({"deal": "d1", "revision": 4, "path": "currency", "value": 12}),
        ],
        "add_element" => vec![json!({
            "deal": "d1", "revision": 4, "path": "nowhere", "before": null, "element": {"id": "x"},
        })],
        "read_budget_sheet" => vec![
            json!({"deal": "d99", "file": sheet(SHEET)}),
            json!({"deal": "d1", "file": sheet("")}),
            json!({"deal": "d1", "file": sheet(SHEET), "language": "tlh"}),
            json!({"deal": "d1", "file": {
                "name": "b.csv", "content": "%", "sheet": null, "mapping": null, "keep": [], "leave": [],
            }}),
        ],
        "import_budget" => vec![
            json!({"deal": "d1", "revision": 1, "file": sheet(SHEET), "mode": "replace", "contingency": false}),
            json!({"deal": "d1", "revision": 4, "file": sheet(SHEET), "mode": "mix", "contingency": false}),
            json!({"deal": "d1", "revision": 4, "file": sheet("Acct,Description,Total\n"), "mode": "append", "contingency": false}),
        ],
        "export_budget" => {
            vec![json!({"deal": "d99", "format": "csv"}), json!({"deal": "d1", "format": "ods"})]
        }
        "view_actuals" | "weigh_actuals" => vec![json!({"deal": "d99"})],
        "read_receipts_sheet" => vec![
            json!({"deal": "d99", "file": receipts(RECEIPTS)}),
            json!({"deal": "d1", "file": receipts("")}),
            json!({"deal": "d1", "file": receipts(RECEIPTS), "language": "tlh"}),
        ],
        "import_receipts" => vec![
            json!({"deal": "d1", "revision": 1, "file": receipts(RECEIPTS), "sender": null, "reported": null,
                "received": null, "draft": false}),
            json!({"deal": "d1", "revision": 4, "file": receipts(RECEIPTS), "sender": null, "reported": "yesterday",
                "received": null, "draft": false}),
            json!({"deal": "d1", "revision": 4, "file": receipts("Source,Net\nnobody,1.00\n"), "sender": null,
                "reported": null, "received": null, "draft": false}),
        ],
        "export_receipts" => vec![
            json!({"deal": "d99", "format": "csv", "blank": false}),
            json!({"deal": "d1", "format": "ods", "blank": false}),
        ],
        "weigh_answers" => vec![json!({"deal": "d1", "claim": "nobody"})],
        "weigh_place" => {
            vec![json!({"deal": "d99", "jurisdiction": "HR"}), json!({"deal": "d1", "jurisdiction": "(("})]
        }
        "move_line" => vec![
            json!({"deal": "d1", "revision": 1, "line": "voices", "jurisdiction": "HR"}),
            json!({"deal": "d1", "revision": 4, "line": "no-such-line", "jurisdiction": "HR"}),
            json!({"deal": "d1", "revision": 4, "line": "voices", "jurisdiction": "somewhere else"}),
        ],
        "survey_jurisdictions" | "weigh_combinations" => {
            vec![json!({"deal": "d99"}), json!({"deal": "d1", "language": "tlh"})]
        }
        "view_incentives_over_time" => vec![json!({"deal": "d99"}), json!({"deal": "d1", "language": "tlh"})],
        "review_law_changes" => vec![json!({"deal": "d99"}), json!({"deal": "d1", "language": "tlh"})],
        "settle_law_change" => vec![json!({
            "deal": "d99", "revision": 1, "program": "ca-qc-qpstc", "from": "2024-05-31", "decision": "keep",
        })],
        "preview_plan" => vec![
            json!({"deal": "d99", "operation": moved_gap()}),
            json!({"deal": "d1", "operation": {"kind": "fly"}}),
        ],
        "reshape_plan" => vec![
            json!({"deal": "d1", "revision": 1, "operation": moved_gap()}),
            json!({"deal": "d1", "revision": 4, "operation": {"kind": "remove", "tier": "credit-loan-balance"}}),
        ],
        "list_plan_templates" => vec![json!({"deal": "d99"}), json!({"deal": "d1", "language": "tlh"})],
        "insert_plan_template" => vec![
            json!({"deal": "d1", "revision": 4, "template": "no-such", "values": {}, "to": null}),
            json!({"deal": "d1", "revision": 4, "template": "residuals-reserve", "values": {"residuals": "2"}, "to": null}),
            json!({"deal": "d1", "revision": 4, "template": "residuals-reserve", "values": {}, "to": {"at": "noon"}}),
        ],
        "read_film_plan" => vec![
            json!({"deal": "d1", "from": {}, "tiers": []}),
            json!({"deal": "d1", "from": {"project": "no-such-project"}, "tiers": []}),
        ],
        "copy_plan" => vec![json!({
            "deal": "d1", "revision": 4, "from": {"deal": "d1"}, "tiers": ["cam-fee"], "values": {}, "to": {"at": "last"},
        })],
        "solve_closing" => vec![
            json!({"deal": "d99", "unknown": "budget", "instrument": null}),
            json!({"deal": "d1", "unknown": "weather", "instrument": null}),
        ],
        "weigh_cures" => vec![
            json!({"deal": "d99", "code": "CLOSING_SHORT", "path": "instruments"}),
            json!({"deal": "d1", "code": "NO_SUCH_CODE", "path": "instruments"}),
        ],
        "apply_cure" => vec![
            json!({"deal": "d1", "revision": 4, "code": "NO_SUCH_CODE", "path": "instruments", "cure": 0}),
            json!({"deal": "d1", "revision": 4, "code": "CLOSING_SHORT", "path": "instruments", "cure": 99}),
        ],
        "view_revenue" => vec![json!({"deal": "d99"})],
        "preview_release" => vec![
            json!({"deal": "d99", "release": released("platform")}),
            json!({"deal": "d1", "release": released("fireworks")}),
        ],
        "apply_release" => vec![
            json!({"deal": "d1", "revision": 1, "release": released("platform")}),
            json!({"deal": "d1", "revision": 4, "release": released("fireworks")}),
        ],
        "add_distribution" => vec![
            json!({"deal": "d1", "revision": 1, "label": "Distribution, Italy", "territories": ["IT"]}),
            json!({"deal": "d1", "revision": 4, "label": "Distribution", "territories": []}),
        ],
        "view_risk" => vec![
            json!({"deal": "d99"}),
            json!({"deal": "d1", "paths": 0}),
            json!({"deal": "d1", "paths": 256, "party": "nobody"}),
            json!({"deal": "d1", "paths": 256, "seed": "-1"}),
        ],
        "preview_risk" => vec![
            json!({"deal": "d1", "paths": 100_000_000, "cells": []}),
            json!({"deal": "d1", "paths": 256, "cells": [{"path": "market.npv_rate", "value": "high"}]}),
        ],
        "generate_scenarios" => {
            let part = |kind: &str, percent: &str| json!({"kind": kind, "percent": percent});
            let of = |parts: serde_json::Value| json!({"deal": "d1", "allocations": [{"name": null, "parts": parts}]});
            vec![
                json!({"deal": "d1", "templates": ["fame"]}),
                json!({"deal": "d1", "templates": []}),
                of(json!([part("equity", "40"), part("senior_debt", "30")])),
                of(json!([part("fame", "100")])),
                of(json!([part("equity", "most")])),
                json!({"deal": "d1", "equity_at_most": {"minor": 1, "currency": "XTS"}}),
            ]
        }
        "evaluate_scenarios" => vec![
            json!({"deal": "d1", "scenarios": ["fame"]}),
            json!({"deal": "d1", "paths": 1}),
            json!({"deal": "d1", "seed": "-1"}),
        ],
        "compare_scenarios" => vec![
            json!({"deal": "d1", "scenarios": ["deal"], "paths": 2048, "perspective": "critic"}),
            json!({"deal": "d1", "scenarios": ["deal"], "paths": 2048, "weights": [{"measure": "fame", "weight": 1.0}]}),
            json!({"deal": "d1", "scenarios": ["deal"], "paths": 2048, "weights": [{"measure": "closes", "weight": 0.0}]}),
        ],
        "view_trade_offs" => vec![
            json!({"deal": "d1", "scenarios": ["deal"], "paths": 2048, "objectives": [["closes"]]}),
            json!({"deal": "d1", "scenarios": ["deal"], "paths": 2048, "objectives": [["closes", "fame"]]}),
        ],
        "save_scenario" => vec![
            json!({"deal": "d1", "scenario": "fame", "name": "Fame"}),
            json!({"deal": "d1", "scenario": "balanced", "name": "  "}),
        ],
        "list_scenarios" => vec![json!({"deal": "d99"})],
        "rename_scenario" => vec![json!({"deal": "d1", "scenario": "nothing", "name": "A name"})],
        "delete_scenario" => vec![json!({"deal": "d1", "scenario": "balanced"})],
        "view_sensitivity" => vec![json!({"deal": "d1", "output": "fame"})],
        "view_two_way" => {
            vec![json!({"deal": "d1", "one": "no-driver", "other": DRIVERS[1], "output": "irr"})]
        }
        "replay_path" => vec![json!({"deal": "d99", "path": 7})],
        "seek_goal" => vec![
            json!({"deal": "d1", "cell": "name", "figure": "closing.difference", "target": "0"}),
            json!({"deal": "d1", "cell": "market.npv_rate", "figure": "no.such", "target": "0"}),
        ],
        "weigh_levels" => {
            vec![json!({"deal": "d99"}), json!({"deal": "d1", "gross": [{"minor": -1, "currency": "USD"}]})]
        }
        "rebalance_stack" => vec![
            json!({"deal": "d99", "instrument": "gap", "amount": {"minor": 1, "currency": "USD"}}),
            json!({"deal": "d1", "instrument": "gap", "amount": {"minor": 1, "currency": "dollars"}}),
        ],
        "explain_figure" => vec![json!({"deal": "d1", "address": "no.such.figure"})],
        "export_pack" => {
            vec![json!({"deal": "d1", "formats": ["docx"]}), json!({"deal": "d1", "formats": []})]
        }
        "save_own_program" => vec![
            json!({"text": "{"}),
            json!({"text": known.draft.replace("own-ie-s481", "ie-s481")}),
            json!({"text": known.draft.replace("\"lines\"", "\"rows\"")}),
            json!({"own": known.own, "text": known.draft}),
            json!({"own": known.own, "version": 1, "text": known.draft}),
            json!({"own": known.own, "version": 2, "text": known.draft.replace("own-ie-s481", "own-other")}),
        ],
        "import_own_program" => {
            vec![json!({"text": known.draft}), json!({"text": "x".repeat(6 * 1024 * 1024)})]
        }
        "start_simulation" => vec![
            json!({"deal": "d99", "paths": 5_000}),
            json!({"deal": "d1", "paths": 0}),
            json!({"deal": "d1", "paths": 1_000_000_000_000_u64}),
            json!({"deal": "d1", "paths": 4_000_000_000_u32}),
            json!({"deal": "d1", "paths": 5_000, "seed": "-1"}),
            json!({"deal": "d1", "paths": 5_000, "party": "no-such-party"}),
            json!({"deal": "d1", "paths": 5_000, "precision": "0"}),
            json!({"deal": "d1", "paths": 5_000, "limit_seconds": 0}),
        ],
        "view_job" | "view_job_result" | "cancel_job" | "pause_job" | "delete_job" => {
            vec![json!({"job": "no-such-job"})]
        }
        "resume_job" => {
            vec![json!({"job": "no-such-job"}), json!({"job": known.job, "limit_seconds": 100_000})]
        }
        "read_own_program" => vec![
            json!({"own": "nobody"}),
            json!({"own": known.own, "version": "7"}),
            json!({"own": known.own, "version": "last"}),
        ],
        "restore_own_program" => vec![json!({"own": known.own, "version": 9})],
        "delete_own_program" | "export_own_program" => vec![json!({"own": "nobody"})],
        "copy_program" => vec![json!({"program": "no-such-program"})],
        "try_program" => vec![json!({"text": known.draft, "deal": "d99", "inputs": {}})],
        "claim_program" => vec![
            json!({"deal": "d1", "revision": 1, "program": "own-ie-s481"}),
            json!({"deal": "d1", "revision": 4, "program": "own-nothing"}),
        ],
        "run_example" => vec![json!({"program": "ca-federal-cptc", "example": "99999"})],
        "run_inputs" => vec![
            json!({"program": "no-such-program", "inputs": {}}),
            json!({"program": "ca-federal-cptc", "inputs": {"total_cost": "much"}}),
        ],
        "show_program" => vec![
            json!({"program": "no-such-program"}),
            json!({"program": "ca-federal-cptc", "on": "yesterday"}),
        ],
        "compare_versions" => vec![
            json!({"program": "no-such-program", "from": "2024-01-01", "to": "2026-01-01"}),
            json!({"program": "ca-qc-qpstc", "from": "2024-01-01", "to": "tomorrow"}),
        ],
        _ => Vec::new(),
    }
}
