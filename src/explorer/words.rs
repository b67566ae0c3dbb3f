//! Every word of the interface, in both languages, in one table.

use crate::model::Lang;

macro_rules! words {
    ($($name:ident: $en:literal, $ko:literal;)*) => {
        /// The words of the interface in one language. `{}` stands for a number or a name; before `|` stands what is said
        /// of one.
        #[derive(Debug)]
        pub struct Words {
            /// The language's code.
            pub code: &'static str,
            /// Steps in which money is counted, the largest first.
            pub money: &'static [(f64, &'static str)],
            $(pub $name: &'static str,)*
        }

        static EN: Words = Words { code: "en", money: &[(1e12, "${} tn"), (1e9, "${} bn"), (1e6, "${} m")], $($name: $en,)* };
        static KO: Words = Words { code: "ko", money: &[(1e12, "{}조 달러"), (1e8, "{}억 달러"), (1e4, "{}만 달러")], $($name: $ko,)* };
    };
}

words! {
    dollars: "${}", "{}달러";
    // The frame of all pages.
    brand: "Linchpin", "린치핀";
    tagline: "Who depends on whom in the AI industry", "AI 산업, 누가 누구에게 기대고 있나";
    skip: "Skip to content", "본문으로 건너뛰기";
    main_menu: "Main", "주 메뉴";
    companies: "Companies", "기업";
    what_if: "What if?", "중단 시나리오";
    why: "Why?", "의존 경로";
    api: "API", "API";
    search: "Search", "검색";
    search_label: "Search companies and products", "기업·제품 검색";
    search_hint: "Company or product, e.g. ChatGPT", "기업 또는 제품(예: ChatGPT)";
    language: "Language", "언어";
    view: "Day shown", "기준일";
    as_of: "As of", "기준일";
    as_of_hint: "YYYY, YYYY-MM or YYYY-MM-DD", "YYYY, YYYY-MM 또는 YYYY-MM-DD";
    show: "Show", "보기";
    today: "Latest", "최신";
    past_note: "This page shows the past: the graph of {}.", "과거 시점의 화면입니다. 기준일: {}.";
    source_note: "Only what one source says: {}.", "다음 출처가 뒷받침하는 사실만 표시합니다: {}.";
    all_sources: "Show all sources", "모든 출처 보기";
    data_of: "Data as of {}", "데이터 기준일 {}";
    same_as: "The same as", "다른 형식";
    embed_this: "Embed", "퍼가기";
    // The first page.
    home_lead: "Apps rest on models, models on clouds, clouds on chips, chips on a few firms that hardly anybody knows. Linchpin shows who rests on whom, who says so, and what stops if one of them does.",
        "앱은 모델에, 모델은 클라우드에, 클라우드는 칩에, 칩은 이름조차 낯선 몇몇 기업에 기대고 있습니다. 린치핀은 누가 누구에게 기대는지, 그 근거는 무엇인지, 한 곳이 멈추면 어디까지 멈추는지 보여 줍니다.";
    n_companies: "{} company|{} companies", "기업 {}곳";
    n_dependencies: "{} dependency|{} dependencies", "의존 관계 {}건";
    n_sources: "{} source|{} sources", "출처 {}건";
    the_stack: "The stack", "산업 구조";
    stack_lead: "From left to right, from what people use to what it is all made of. Each layer names its largest suppliers, by their share of the companies that buy there.",
        "왼쪽의 서비스에서 오른쪽의 소재까지, 공급망을 단계별로 나타냈습니다. 계층마다 공급 비중이 큰 기업을 함께 적었습니다. 비중은 그 계층에서 조달하는 기업 수를 기준으로 한 것입니다.";
    no_supplier_yet: "No supplier on record", "확인된 공급사 없음";
    most_needed: "Most needed", "가장 많은 기업이 기대는 곳";
    most_needed_lead: "Companies on which the most others rest directly.", "가장 많은 기업이 직접 의존하는 기업입니다.";
    linchpins: "The linchpins", "핵심 길목";
    linchpins_lead: "If one of these were down, this many companies would stop or be curtailed.", "한 곳이 멈추면 이만큼의 기업이 중단되거나 일부 차질을 빚습니다.";
    rank: "Rank", "순위";
    company: "Company", "기업";
    companies_hit: "Companies hit", "영향 기업 수";
    rest_on_it: "Rest on it", "의존 기업 수";
    ask_what_if: "What if {} stops?", "{} 중단 시 영향은?";
    // Lists of companies.
    all_companies: "All companies", "전체 기업";
    results_for: "Results for “{}”", "‘{}’ 검색 결과";
    nothing_found: "Nothing was found. Try fewer letters, or another spelling.", "검색 결과가 없습니다. 글자 수를 줄이거나 다른 표기로 검색해 보세요.";
    filter: "Filter", "조건";
    role: "Role", "역할";
    layer: "Layer", "계층";
    country: "Country", "국가";
    any: "Any", "전체";
    apply: "Apply", "적용";
    next_page: "Next page", "다음 페이지";
    founded: "Founded", "설립";
    // A company.
    other_names: "Other names", "다른 이름";
    products: "Products", "제품";
    parent: "Part of", "모회사";
    subsidiaries: "Owns", "자회사";
    website: "Website", "웹사이트";
    roles: "Roles", "역할";
    absent: "This company is not in the graph of this day: it was not founded yet, or nothing that is shown here names it.",
        "기준일의 그래프에 없는 기업입니다. 아직 설립 전이거나, 표시 대상인 사실 가운데 이 기업이 등장하지 않습니다.";
    rests_on: "Rests on", "의존하는 곳";
    rests_on_of: "Whom {} rests on", "{}: 의존하는 곳";
    resting_on: "Who rests on it", "이 기업에 의존하는 곳";
    resting_on_of: "Who rests on {}", "{}: 의존 기업";
    direct_suppliers: "direct supplier|direct suppliers", "직접 공급사";
    direct_dependents: "direct dependent|direct dependents", "직접 의존 기업";
    stop_with_it: "stop or are curtailed with it", "중단 시 영향 기업";
    chokepoints_n: "single point of failure|single points of failure", "단일 장애점";
    neighbours: "Neighbourhood", "관계도";
    drawing_of: "Drawing of the companies around {}: its suppliers and its dependents.", "{} 주변의 공급사와 의존 기업을 그린 관계도.";
    drawing_of_all: "Drawing of the whole graph, by layers.", "전체 의존 관계를 계층별로 그린 그림.";
    supplier: "Supplier", "공급사";
    dependent: "Dependent", "의존 기업";
    gets: "What", "조달 내용";
    period: "Since", "시작";
    status: "Status", "확인 상태";
    sources: "Sources", "출처";
    critical: "critical", "필수";
    not_critical: "not critical", "대체 가능";
    critical_label: "Critical", "중요도";
    confirmed: "confirmed", "확인됨";
    reported: "reported", "보도";
    known_since: "known since {}", "{}부터 확인";
    until: "until {}", "{}까지";
    share: "Share", "비중";
    more_of: "All {} as data", "전체 {}건 데이터로 보기";
    details: "Details", "상세";
    own_supply: "Supplies itself", "자체 조달";
    none_known: "None on record for this day.", "기준일에 확인된 내용이 없습니다.";
    if_it_stops: "If it stops", "이 기업이 멈춘다면";
    impact_lead: "An activity fails when it loses every supplier of one of its needs, and so on from wave to wave.", "필요한 것의 공급처를 모두 잃으면 그 사업이 멈추고, 그 여파가 다음 파급으로 이어집니다.";
    nothing_stops: "Nothing on record stops with it.", "함께 멈추는 곳은 확인되지 않았습니다.";
    wave: "Wave {}", "{}차 파급";
    n_activities: "{} activity|{} activities", "사업 {}건";
    n_stopped: "stopped", "전면 중단";
    n_curtailed: "curtailed", "일부 중단";
    n_degraded: "needs degraded", "공급 약화";
    and_more: "and {} more", "외 {}곳";
    whole_answer: "Wave by wave, with reasons", "파급 단계별로 이유까지 보기";
    chokepoints: "Single points of failure", "단일 장애점";
    chokepoints_lead: "Any one of these companies, if it were down, would make a part of it fail.", "아래 기업 가운데 한 곳만 멈춰도 사업의 일부가 멈춥니다.";
    fails: "What fails", "멈추는 사업";
    in_wave: "In wave", "파급 차수";
    explain: "Why does it rest on…", "왜 기대고 있나";
    explain_lead: "Shows every link of the chain, and who says so.", "의존 경로의 고리를 하나하나, 출처와 함께 보여 줍니다.";
    from: "From", "의존하는 기업";
    to: "To", "공급하는 기업";
    stakes: "Stakes", "지분·투자";
    holder: "Holder", "보유 기업";
    held: "In", "대상 기업";
    kind: "Kind", "구분";
    amount: "Amount", "금액";
    part: "Part", "지분율";
    date: "Date", "시점";
    note: "Note", "비고";
    figures: "Figures", "수치";
    measure: "Measure", "지표";
    value: "Value", "값";
    year: "Year", "연도";
    subject: "About", "대상";
    strategies: "Strategies", "전략";
    gaps: "Not on record", "확인되지 않은 조달처";
    gaps_lead: "Its roles need these layers too, but no source names who supplies it there.", "역할상 필요한 계층이지만 공급사를 밝힌 출처가 아직 없습니다.";
    identifiers: "Names and identifiers", "이름과 식별자";
    ids_id: "Id", "ID";
    // A role, a layer, a source, a dependency.
    needs: "Needs", "필요한 계층";
    needs_nothing: "Needs no other layer.", "필요한 다른 계층이 없습니다.";
    role_no: "Role {}", "역할 {}";
    rates: "Where its revenue goes", "매출이 흘러가는 곳";
    rate: "Part of revenue", "매출 대비 비율";
    tier: "Tier {}", "{}단계";
    input: "Kind", "품목";
    concentration: "How concentrated it is", "공급 집중도";
    concentration_lead: "Every company that buys here has one vote, split over its suppliers. HHI runs to 10,000, which is one supplier for all.",
        "조달 기업마다 한 표씩, 공급사별로 나눠 집계했습니다. HHI는 10,000에 가까울수록 한 곳에 집중돼 있다는 뜻입니다.";
    whole_layer: "whole layer", "계층 전체";
    suppliers: "Suppliers", "공급사";
    dependents: "Dependents", "의존 기업";
    largest: "Largest", "최대 공급사";
    layer_stops: "What if this whole layer stops?", "이 계층 전체가 멈춘다면?";
    published: "Published", "발행일";
    seen: "Seen", "확인일";
    only_this: "See the graph as this source tells it", "이 출처만으로 그래프 보기";
    read_it: "Read it", "원문 보기";
    dependencies: "Dependencies", "의존 관계";
    dependency: "Dependency", "의존 관계";
    dependency_of: "{} rests on {}", "{} → {} 의존 관계";
    holds_not: "It does not hold on this day.", "기준일에는 성립하지 않는 관계입니다.";
    what_if_supplier: "What if {} stops?", "{} 중단 시 영향은?";
    // Paths and impact.
    paths_title: "Why one rests on another", "의존 경로";
    paths_lead: "Name two companies: the paths show how the first rests on the second, the shortest first.", "두 기업을 입력하면 앞의 기업이 뒤의 기업에 의존하게 되는 경로를 짧은 순서로 보여 줍니다.";
    paths_of: "Why {} rests on {}", "{} → {} 의존 경로";
    no_path: "No path leads there: as far as is known, the first does not rest on the second.", "이어지는 경로가 없습니다. 확인된 범위에서는 의존하지 않습니다.";
    n_hops: "{} step|{} steps", "{}단계";
    shortened: "There are more paths than are shown.", "표시된 것 외에도 경로가 더 있습니다.";
    impact_title: "What if it stops?", "멈춘다면?";
    impact_form: "Name one or more companies, with commas between them; or take down a whole layer or country.", "기업을 쉼표로 구분해 입력하거나, 계층·국가 전체를 고르세요.";
    down: "Down", "중단 대상";
    down_hint: "e.g. TSMC, ASML", "예: TSMC, ASML";
    reason: "Why", "이유";
    degraded: "Degraded", "공급 약화";
    degraded_lead: "These still have a supplier, but lose a part of their supply.", "남은 공급처가 있으나 공급 일부를 잃는 곳입니다.";
    lost_share: "Supply lost", "잃는 비중";
    by_layer: "By layer", "계층별 영향";
    failed_word: "Failed", "중단";
    activities: "Activities", "사업 수";
    // Problems.
    not_found: "Not found", "찾을 수 없습니다";
    bad_request: "This address does not work", "주소를 확인해 주세요";
    not_found_lead: "There is nothing called “{}” in this data set.", "이 데이터에는 ‘{}’이라는 항목이 없습니다.";
    takes_lead: "“{}” is not what this field takes.", "‘{}’은(는) 쓸 수 없는 값입니다.";
    takes: "It takes: {}.", "쓸 수 있는 값: {}.";
    takes_date: "a date that exists, written YYYY, YYYY-MM or YYYY-MM-DD", "실제로 있는 날짜(YYYY, YYYY-MM 또는 YYYY-MM-DD)";
    meant: "Did you mean", "혹시 이것을 찾으셨나요";
    back_home: "To the first page", "첫 페이지로";
    // Words of the data.
    investment: "investment", "투자";
    ownership: "ownership", "보유";
    commitment: "commitment", "약정";
    actual: "actual", "실적";
    estimate: "estimate", "추정";
    forecast: "forecast", "전망";
    market_share: "market share", "시장 점유율";
    market_size: "market size", "시장 규모";
    revenue: "revenue", "매출";
    capex: "capital spending", "설비 투자";
    capacity: "capacity", "생산·처리 능력";
    powered: "Source: Linchpin, {}", "출처: 린치핀, {}";
}

/// The words for data in this language.
pub fn of(lang: Lang) -> &'static Words {
    if lang == Lang::KO { &KO } else { &EN }
}

impl Words {
    /// A word of the data, in the interface's language where it has one.
    pub fn known<'a>(&self, word: &'a str) -> std::borrow::Cow<'a, str> {
        match word {
            "investment" => self.investment.into(),
            "ownership" => self.ownership.into(),
            "commitment" => self.commitment.into(),
            "actual" => self.actual.into(),
            "estimate" => self.estimate.into(),
            "forecast" => self.forecast.into(),
            "confirmed" => self.confirmed.into(),
            "reported" => self.reported.into(),
            "market-share" => self.market_share.into(),
            "market-size" => self.market_size.into(),
            "revenue" => self.revenue.into(),
            "capex" => self.capex.into(),
            "capacity" => self.capacity.into(),
            _ => word.replace('-', " ").into(),
        }
    }
}
