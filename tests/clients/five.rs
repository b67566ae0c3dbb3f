mod linchpin;

use linchpin::*;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let linchpin = LinchpinClient::with_base_url("http://localhost:8080")?;
    let clouds = linchpin.list_companies(ListCompaniesRequest::builder().role("cloud".into()).build()?).await?;
    let tsmc = linchpin.show_company(ShowCompanyRequest::builder().id("tsmc".into()).build()?).await?;
    let above = ListDependentsOfCompanyRequest::builder().id("tsmc".into()).depth("all".into()).build()?;
    let above = linchpin.list_dependents_of_company(above).await?;
    let impact = linchpin.show_impact(ShowImpactRequest::builder().down("tsmc".into()).build()?).await?;
    let hits = linchpin.search_companies(SearchCompaniesRequest::builder().q("chatgpt".into()).build()?).await?;

    // Each is what was asked for, or a problem.
    let ApiResponse::Ok(CompanyListOrString::CompanyList(clouds)) = clouds else { anyhow::bail!("{clouds:?}") };
    let ApiResponse::Ok(CompanyOrStringOrSerdeJsonValue::Company(tsmc)) = tsmc else { anyhow::bail!("{tsmc:?}") };
    let ApiResponse::Ok(FoundListOrString::FoundList(above)) = above else { anyhow::bail!("{above:?}") };
    let ApiResponse::Ok(ImpactOrString::Impact(impact)) = impact else { anyhow::bail!("{impact:?}") };
    let ApiResponse::Ok(SearchHitListOrString::SearchHitList(hits)) = hits else { anyhow::bail!("{hits:?}") };
    println!("{} {} {} {} {}", clouds.total, tsmc.name, above.total, impact.stopped.len(), hits.items[0].company.id);
    Ok(())
}
