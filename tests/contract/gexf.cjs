// Reads GEXF from standard input as Gephi Lite does, and says in JSON which nodes and edges it has.
const { readFileSync } = require("node:fs");
const { MultiGraph } = require("graphology");
const gexf = require("graphology-gexf");

const graph = gexf.parse(MultiGraph, readFileSync(0, "utf8"));
const label = (node) => graph.getNodeAttribute(node, "label");
process.stdout.write(
  JSON.stringify({
    nodes: graph.mapNodes((node) => [node, label(node)]),
    edges: graph.mapEdges((_, __, source, target) => [source, target]),
  }),
);
