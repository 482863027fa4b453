/**
 * Loaded into n8n before everything else, so that what it holds can be told from outside: `GET /` collects
 * garbage and answers with the bytes of data that are left, what the process takes of the machine's memory,
 * how many descriptors it has open, and how many things keep it running. `GET /?snapshot=<file>` writes a
 * heap snapshot there first. `GET /cpu` answers with the milliseconds of CPU time that it has taken, alone.
 */
const { readdirSync } = require('node:fs');
const { createServer } = require('node:http');
const { getHeapSpaceStatistics, setFlagsFromString, writeHeapSnapshot } = require('node:v8');
const { runInNewContext } = require('node:vm');

/** Data only: V8 makes and drops megabytes of code at some moment or other. */
const DATA = ['new_space', 'old_space', 'new_large_object_space', 'large_object_space'];

function liveBytes() {
	const spaces = getHeapSpaceStatistics().filter(({ space_name: name }) => DATA.includes(name));
	return spaces.reduce((sum, { space_used_size: used }) => sum + used, 0);
}

// Other processes inherit the environment.
if (/[\\/]bin[\\/]n8n$/.test(process.argv[1])) {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc');
	createServer((request, response) => {
		if (request.url === '/cpu') {
			const { user, system } = process.cpuUsage();
			response.end(String((user + system) / 1000));
			return;
		}
		for (let round = 0; round < 4; round++) collect();
		const file = new URL(request.url, 'http://localhost').searchParams.get('snapshot');
		if (file) writeHeapSnapshot(file);
		const figures = {
			heap: liveBytes(),
			resident: process.memoryUsage.rss(),
			descriptors: readdirSync('/dev/fd').length,
			handles: process.getActiveResourcesInfo().length,
		};
		response.end(JSON.stringify(figures));
	})
		.listen(Number(process.env.N8N_NODES_VIDU_HEAP_PORT), '127.0.0.1')
		.unref();
}
