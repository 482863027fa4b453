/**
 * Loaded into n8n before everything else, so that its live heap can be told from outside:
 * `GET /` collects garbage and answers with the bytes that are left; `GET /?snapshot=<file>` writes a
 * heap snapshot there first.
 */
const { createServer } = require('node:http');
const { setFlagsFromString, writeHeapSnapshot } = require('node:v8');
const { runInNewContext } = require('node:vm');

// Other processes inherit the environment.
if (/[\\/]bin[\\/]n8n$/.test(process.argv[1])) {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc');
	createServer((request, response) => {
		for (let round = 0; round < 4; round++) collect();
		const file = new URL(request.url, 'http://localhost').searchParams.get('snapshot');
		if (file) writeHeapSnapshot(file);
		response.end(String(process.memoryUsage().heapUsed));
	})
		.listen(Number(process.env.N8N_NODES_VIDU_HEAP_PORT), '127.0.0.1')
		.unref();
}
