import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { thumbnail } from '../../sandbox/canvas.mts';
import { asset } from '../../sandbox/media.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { call, resultOf } from '../contract/client.mts';
import { openChromium } from './editor.mts';

/** How far a colour may be off: it goes from RGB to 4:2:0 and back. */
const CLOSE = 24;
const WIDTH = 960;

let browser: Browser;
let page: Page;
let sandbox: Sandbox;
let clock = Date.now();

beforeAll(async () => {
	browser = await openChromium();
	page = await browser.newPage({ viewport: { width: WIDTH, height: 540 } });
	sandbox = await startSandbox({ speed: 1000, standIns: true, now: () => clock });
});
afterAll(async () => {
	await browser.close();
	await sandbox.close();
});

/** The address of a clip of 4 s with two subjects. */
async function clipOf(prompt: string): Promise<string> {
	const { body } = await call(sandbox, 'POST', '/ent/v2/reference2video', {
		model: 'viduq2',
		images: ['cat', 'robot'].map((name) => `${sandbox.url}/samples/${name}.png`),
		prompt,
		duration: 4,
		resolution: '540p',
		aspect_ratio: '16:9',
	});
	clock += 1000;
	const { url = '' } = await resultOf(sandbox, String(body.task_id));
	return url;
}

/** The pixels of a clip at a time, as Chromium shows them: RGBA, row by row. */
async function shown(url: string, seconds: number): Promise<Uint8Array> {
	await page.setContent(
		`<body style="margin: 0"><video muted preload="auto" src="${url}#t=${seconds}"></video>`,
	);
	await page.waitForFunction(
		`(({ readyState, seeking }) => readyState >= 2 && !seeking)(document.querySelector('video'))`,
	);
	return PNG.sync.read(await page.screenshot()).data;
}

/** Asserts that a pixel is of a colour. */
function expectColour(pixels: Uint8Array, [x, y]: Point, colour: number[]): void {
	const at = (y * WIDTH + x) * 4;
	const found = [...pixels.subarray(at, at + 3)];
	const off = Math.max(...found.map((value, index) => Math.abs(value - (colour[index] ?? 0))));
	if (off > CLOSE) expect({ x, y, colour: found }).toEqual({ x, y, colour });
}

type Point = readonly [x: number, y: number];

describe('a clip that the sandbox makes for a person', () => {
	it('shows the references that were ordered', async () => {
		const pixels = await shown(await clipOf('A cat and a robot'), 0);
		// The middles of the two boxes of 162 pixels, and those of the pictures.
		for (const [x, name] of [
			[105, 'cat'],
			[291, 'robot'],
		] as const) {
			const picture = thumbnail(await asset(`${name}.png`), 256);
			const middle =
				((picture?.height ?? 0) / 2) * (picture?.width ?? 0) + (picture?.width ?? 0) / 2;
			const colour = [...(picture?.pixels.subarray(middle * 3, middle * 3 + 3) ?? [])];
			expectColour(pixels, [x, 249], colour);
		}
	});

	it('says in a band across the top that it is none of Vidu', async () => {
		const pixels = await shown(await clipOf('A cat'), 0);
		const [amber, ink] = [0, 0].map(() => new Set<number>());
		for (let x = 0; x < WIDTH; x++) {
			for (let y = 0; y < 100; y++) {
				const red = pixels[(y * WIDTH + x) * 4] ?? 0;
				(red > 200 ? amber : ink)?.add(x);
			}
		}
		expect(amber?.size).toBe(WIDTH);
		// The first letter begins at the margin, the last one ends at 600.
		expect([Math.min(...(ink ?? [])), Math.max(...(ink ?? []))]).toEqual([24, 593]);
	});

	it('shows the prompt that was ordered, and a bar that fills while it plays', async () => {
		const [one, other] = [await clipOf('A cat runs'), await clipOf('A dog runs')];
		const [start, end] = [await shown(one, 0), await shown(one, 3.95)];
		const different = await shown(other, 0);
		const changed = changedRows(start, different);
		expect(changed.length).toBeGreaterThan(0);
		// Below the pictures and above the bar.
		expect(changed.every((row) => row > 340 && row < 496)).toBe(true);
		expect(changedRows(start, end)).toEqual(Array.from({ length: 16 }, (_, row) => 496 + row));
	});
});

/** The rows in which two pictures differ by more than a decoder might. */
function changedRows(one: Uint8Array, other: Uint8Array): number[] {
	const rows = new Set<number>();
	for (const [at, value] of one.entries()) {
		if (Math.abs(value - (other[at] ?? 0)) > CLOSE) rows.add(Math.floor(at / 4 / WIDTH));
	}
	return [...rows];
}
