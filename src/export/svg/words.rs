//! Words of drawings, in English and Korean; English stands in for other languages.

use crate::model::Lang;

/// The words of one language.
pub struct Words {
    pub supply: [&'static str; 3],
    pub as_of: &'static str,
    pub graph: fn(usize, usize) -> String,
    pub sources: &'static str,
    pub more: fn(usize) -> String,
    pub down: &'static str,
    pub wave: fn(u16) -> String,
    pub last_supplier: &'static str,
    pub impact: fn(&str) -> String,
    pub struck: fn(usize, usize, usize) -> String,
    pub hop: fn(u16) -> String,
    pub paths: fn(&str, &str) -> String,
    pub found: fn(usize, bool) -> String,
}

const ENGLISH: Words = Words {
    supply: ["cannot do without", "one of several, or not critical", "reported only"],
    as_of: "As of",
    graph: |companies, dependencies| format!("{companies} companies, {dependencies} dependencies"),
    sources: "Sources",
    more: |more| format!("and {more} more"),
    down: "Down",
    wave: |wave| format!("Wave {wave}"),
    last_supplier: "took the last supplier of something that cannot be done without",
    impact: |down| format!("What fails without {down}"),
    struck: |failed, stopped, curtailed| {
        format!("{failed} activities fail, {stopped} companies are stopped, {curtailed} curtailed")
    },
    hop: |hop| if hop == 0 { "Depends".to_owned() } else { format!("{hop} hops").replace("1 hops", "1 hop") },
    paths: |from, to| format!("Why {from} rests on {to}"),
    found: |paths, truncated| format!("{paths} paths{}", if truncated { ", there may be more" } else { "" }),
};

const KOREAN: Words = Words {
    supply: ["없으면 안 되는 공급", "대체할 수 있거나 필수가 아닌 공급", "보도된 내용"],
    as_of: "기준일",
    graph: |companies, dependencies| format!("기업 {companies}곳, 의존 관계 {dependencies}건"),
    sources: "출처",
    more: |more| format!("외 {more}건"),
    down: "중단",
    wave: |wave| format!("{wave}차 파급"),
    last_supplier: "대체할 수 없는 공급의 마지막 공급사",
    impact: |down| format!("{down} 중단 시 멈추는 곳"),
    struck: |failed, stopped, curtailed| {
        format!("활동 {failed}건 중단, 기업 {stopped}곳 전면 중단, {curtailed}곳 일부 중단")
    },
    hop: |hop| if hop == 0 { "의존하는 기업".to_owned() } else { format!("{hop}단계") },
    paths: |from, to| format!("{from}의 {to} 의존 경로"),
    found: |paths, truncated| format!("경로 {paths}개{}", if truncated { ", 더 있을 수 있음" } else { "" }),
};

/// The words of a language.
pub fn words(lang: Lang) -> &'static Words {
    if lang == Lang::KO { &KOREAN } else { &ENGLISH }
}
