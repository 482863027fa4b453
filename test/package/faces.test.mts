/** The built package as n8n loads it: each file by its path, in a Node process without jest. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ViduApi } from '../../credentials/ViduApi.credentials.ts';
import { Vidu } from '../../nodes/Vidu/Vidu.node.ts';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node.ts';
import { ViduTrigger } from '../../nodes/Vidu/ViduTrigger.node.ts';

const ROOT = new URL('../../', import.meta.url);
const { n8n } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
	n8n: { credentials: string[]; nodes: string[] };
};

const SOURCES: Readonly<Record<string, new () => object>> = {
	ViduApi,
	Vidu,
	ViduReferenceToVideo,
	ViduTrigger,
};

/** What n8n takes from an instance: its data, and the names of its functions. Sent to the process. */
function seen(face: object): string {
	const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(face));
	return JSON.stringify({ ...face, methods }, (name, value: unknown) =>
		typeof value === 'function' ? `function ${name}` : value,
	);
}

function seenInPlainNode(path: string, name: string): string {
	const script = `${seen} console.log(seen(new (require(process.argv[1])[process.argv[2]])()))`;
	const { NODE_OPTIONS: _, ...env } = process.env;
	return execFileSync(process.execPath, ['-e', script, path, name], {
		cwd: fileURLToPath(ROOT),
		env,
	}).toString();
}

describe.each([...n8n.credentials, ...n8n.nodes])('%s, as built', (path) => {
	const name = basename(path).split('.')[0] ?? '';

	it('makes an instance with every property and method of its source', () => {
		const Source = SOURCES[name];
		if (!Source) throw new Error(`No source of ${name} is imported here`);
		const built: unknown = JSON.parse(seenInPlainNode(`./${path}`, name));
		expect(built).toEqual(JSON.parse(seen(new Source())));
	});
});
