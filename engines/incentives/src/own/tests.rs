use serde_json::{Value, json};

use super::*;

fn sound() -> Value {
    json_of(&crate::read_toml("sound.toml", include_str!("../../tests/sound.toml")).unwrap())
}

fn faults(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut policy = sound();
    change(&mut policy);
    read_own(&policy.to_string()).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn every_policy_of_the_library_keeps_the_bounds_of_one_from_outside() {
    for policy in Catalog::embedded().unwrap().policies() {
        let read = read_own(&json_of(policy).to_string());
        let read = read.unwrap_or_else(|faults| panic!("{}@{}: {faults:?}", policy.id, policy.from));
        assert_eq!(read.policy, **policy);
    }
}

#[test]
fn every_fault_is_told_with_its_field() {
    let told = faults(|policy| {
        policy["lines"][0]["formula"] = json!("min(rate * spend,");
        policy["constants"][0]["value"] = json!(0.25);
        policy["kind"] = json!("gift");
        policy["colour"] = json!("blue");
        policy["from"] = json!("tomorrow");
        policy.as_object_mut().unwrap().shift_remove("short_name");
    });
    for path in
        ["lines[credit].formula: ", "constants[rate].value: ", "kind: ", "colour: ", "from: ", "short_name: "]
    {
        assert!(told.iter().any(|fault| fault.starts_with(path)), "{path} in {told:?}");
    }
    assert_eq!(told.len(), 6, "{told:?}");
}
