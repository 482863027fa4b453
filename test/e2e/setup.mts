/** Sets one stage for all files: a real n8n with the tarball installed, and the sandbox. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastClock } from '../../scripts/fastClock.mts';
import { steps } from '../../scripts/progress.mts';
import { setStage } from '../../scripts/stage.mts';
import { announce } from './session.mts';

/** 90 s at Vidu are 3 s here, and so they are to a node that sleeps. */
const SPEED = 30;
const SANDBOX = { speed: SPEED, renderSeconds: 90, callbackRetrySeconds: 60 };

/** @returns a function that ends everything and removes its data */
export async function setUp(): Promise<() => Promise<void>> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-e2e-'));
	const filesFolder = join(folder, 'files');
	const userFolder = join(folder, 'n8n');
	const stage = await setStage({
		userFolder,
		filesFolder,
		sandbox: SANDBOX,
		n8nEnv: fastClock({ speed: SPEED }),
		step: steps(),
	});
	announce({
		n8nUrl: stage.n8n.url,
		sandboxUrl: stage.sandbox.url,
		credential: stage.credential,
		others: stage.others,
		filesFolder,
		logFile: stage.n8n.logFile,
	});
	return async () => {
		await stage.close();
		await rm(folder, { recursive: true });
	};
}
