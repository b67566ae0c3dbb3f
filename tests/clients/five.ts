import createClient from "openapi-fetch";
import type { paths } from "./linchpin";

const linchpin = createClient<paths, "application/json">({ baseUrl: "http://localhost:8080" });
const clouds = await linchpin.GET("/v1/companies", { params: { query: { role: "cloud" } } });
const tsmc = await linchpin.GET("/v1/companies/{id}", { params: { path: { id: "tsmc" } } });
const above = await linchpin.GET("/v1/companies/{id}/dependents", { params: { path: { id: "tsmc" }, query: { depth: "all" } } });
const impact = await linchpin.GET("/v1/impact", { params: { query: { down: "tsmc" } } });
const hits = await linchpin.GET("/v1/search", { params: { query: { q: "chatgpt" } } });

console.log(clouds.data?.total, tsmc.data?.name, above.data?.total, impact.data?.stopped.length, hits.data?.items[0]?.company.id);
