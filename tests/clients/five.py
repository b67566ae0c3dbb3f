from linchpin_client import Client
from linchpin_client.api.companies import list_companies, list_dependents_of_company, search_companies, show_company
from linchpin_client.api.risk import show_impact
from linchpin_client.models import Company, CompanyList, FoundList, Impact, SearchHitList

client = Client("http://localhost:8080")
clouds = list_companies.sync(client=client, role="cloud")
tsmc = show_company.sync("tsmc", client=client)
above = list_dependents_of_company.sync("tsmc", client=client, depth="all")
impact = show_impact.sync(client=client, down="tsmc")
hits = search_companies.sync(client=client, q="chatgpt")

# Each is what was asked for, or a `Problem`.
assert isinstance(clouds, CompanyList) and isinstance(tsmc, Company) and isinstance(above, FoundList)
assert isinstance(impact, Impact) and isinstance(hits, SearchHitList)
print(clouds.total, tsmc.name, above.total, len(impact.stopped), hits.items[0].company.id)
