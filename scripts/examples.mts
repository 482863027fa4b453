/** The workflows of `examples/`, made to run on this machine. */
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { IDataObject, INode } from 'n8n-workflow';
import type { StoredCredential, WorkflowJson } from './n8nClient.mts';

const FOLDER = new URL('../examples/', import.meta.url);
/** Images of Vidu's documentation, which the examples use. */
const IMAGES = /https:\/\/prod-ss-images\.[^"\\]*\/template\/([\w-]+)\.png/g;
/** The sandbox's samples that stand in for them. */
const SAMPLES: Readonly<Record<string, string>> = {
	image2video: 'bottle',
	'reference2video-2': 'cat',
	'reference2video-3': 'robot',
};
/** Where n8n in Docker may write. */
const DOCKER_FILES = '/home/node/.n8n-files';
/** The n8n of whoever imports an example with a callback. */
const THEIR_N8N = 'https://n8n.example.com';
const TRIGGER = 'n8n-nodes-vidu.viduTrigger';
const NOTE = 'n8n-nodes-base.stickyNote';
const POLL_SECONDS = 1;

export interface Surroundings {
	readonly credential: StoredCredential;
	/** Credentials of the other providers, by the name under which an example asks for them. */
	readonly others: Readonly<Record<string, StoredCredential>>;
	/** Address of the sandbox. */
	readonly sandboxUrl: string;
	/** Address of n8n. */
	readonly n8nUrl: string;
	/** Folder that n8n may write files into. */
	readonly filesFolder: string;
}

/** @returns the names of the examples, without `.json` */
export async function exampleNames(): Promise<string[]> {
	const files = await readdir(fileURLToPath(FOLDER));
	return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
}

/** Reads an example as it is shipped, or as `onThisMachine` changes it. */
export async function readExample(name: string, here?: Surroundings): Promise<WorkflowJson> {
	const text = await readFile(new URL(`${name}.json`, FOLDER), 'utf8');
	return here ? onThisMachine(text, here) : (JSON.parse(text) as WorkflowJson);
}

/** Gives an example the sandbox's images and pace, the credential, a folder here. */
function onThisMachine(
	text: string,
	{ credential, others, sandboxUrl, n8nUrl, filesFolder }: Surroundings,
): WorkflowJson {
	const there = JSON.parse(text) as WorkflowJson;
	const here = (node: INode) =>
		JSON.stringify(node)
			.replaceAll(IMAGES, (_, image: string) => `${sandboxUrl}/samples/${SAMPLES[image]}.png`)
			.replaceAll(THEIR_N8N, n8nUrl)
			.replaceAll(DOCKER_FILES, JSON.stringify(filesFolder).slice(1, -1));
	// The notes are about the place where an example is imported.
	const nodes = there.nodes.map((node) =>
		node.type === NOTE ? node : (JSON.parse(here(node)) as INode),
	);
	const workflow = { ...there, nodes };
	for (const node of nodes) {
		if (!node.type.startsWith('n8n-nodes-vidu.')) continue;
		const { id, name: called } = others[node.credentials?.viduApi?.name ?? ''] ?? credential;
		node.credentials = { viduApi: { id, name: called } };
		if (node.type === TRIGGER) continue;
		// By itself the node asks about when Vidu's clips are ready; the sandbox's are much sooner.
		const given = node.parameters.runOptions as IDataObject | undefined;
		node.parameters.runOptions = { ...given, pollInterval: POLL_SECONDS };
	}
	return workflow;
}

/** The texts of the sticky notes of an example. */
export function notesOf({ nodes }: Pick<WorkflowJson, 'nodes'>): string[] {
	const notes = nodes.filter(({ type }) => type === NOTE);
	return notes.map(({ parameters }) => String(parameters.content));
}

/** Whether an example listens, which it does only when it is published. */
export function listens({ nodes }: WorkflowJson): boolean {
	return nodes.some(({ type }) => type === TRIGGER);
}

/** A node by its name. @throws when there is none */
export function nodeOf({ name: called, nodes }: WorkflowJson, name: string): INode {
	const node = nodes.find((one) => one.name === name);
	if (!node) throw new Error(`The workflow "${called}" has no node "${name}"`);
	return node;
}

/** Where *Execute workflow* starts it. @throws when it has no manual trigger */
export function manualTrigger(workflow: WorkflowJson): { name: string } {
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (!trigger) throw new Error(`The workflow "${workflow.name}" has no manual trigger`);
	return trigger;
}
