/** n8n's editor in Chromium, as a user sees it. Selectors are those of n8n 2.40. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import { OWNER } from '../../scripts/n8n.mts';
import { openSession, type Session } from './session.mts';

const SCREENSHOTS = fileURLToPath(new URL('../../output/screenshots', import.meta.url));
/** What n8n's own tests look for. */
selectors.setTestIdAttribute('data-test-id');

const PATIENCE_MS = 180_000;
const FLAGS =
	'--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** @throws when there is no Chromium, saying how to get it */
export async function openChromium(): Promise<Browser> {
	const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
	if (!existsSync(executablePath)) {
		throw new Error(
			`There is no Chromium at ${executablePath}: apt-get install chromium, or set CHROMIUM_PATH.`,
		);
	}
	return await chromium.launch({ executablePath, args: FLAGS.split(' ') });
}

export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens Chromium and logs in as the owner. @throws when there is no Chromium, saying how to get it */
	static async open(url: string): Promise<Editor> {
		const browser = await openChromium();
		const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
		// A busy machine takes its time to serve the editor.
		page.setDefaultTimeout(PATIENCE_MS);
		await page.goto(`${url}/signin`);
		await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
		await page.fill('input[name=password]', OWNER.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/home/);
		return new Editor(browser, page, url);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Saves what is to be seen in `output/screenshots`. */
	async screenshot(name: string): Promise<void> {
		await mkdir(SCREENSHOTS, { recursive: true });
		await this.page.mouse.move(0, 0);
		await this.settled();
		await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Searches the node panel, picks the node of that name and adds it, which opens it. */
	async addNode(search: string, name: string): Promise<void> {
		await this.page.getByTestId('node-creator-plus-button').click();
		await this.page.getByTestId('node-creator-search-bar').fill(search);
		await this.page.getByTestId('node-creator-item-name').getByText(name, { exact: true }).click();
		await this.page.getByRole('button', { name: 'Add to workflow' }).click();
		await this.parameter('model').waitFor();
	}

	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
		await this.page.getByTestId('output-panel').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('output-panel').waitFor({ state: 'hidden' });
	}

	/** What the canvas shows of a node: its name and the line below. */
	async onCanvas(name: string): Promise<string> {
		return await this.page
			.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`)
			.innerText();
	}

	/** How far a node is in the execution that the canvas shows: `running`, `waiting`, `success`, `pinned` or nothing. */
	async state(name: string): Promise<string> {
		const html = await this.page
			.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`)
			.innerHTML();
		const classes = [...html.matchAll(/class="([^"]*)"/g)].join(' ');
		const [, state = ''] = /\b_(running|waiting|success|pinned|error)_/.exec(classes) ?? [];
		return state;
	}

	async chooseCredential(name: string): Promise<void> {
		await this.page.getByTestId('node-credentials-select').click();
		await this.page.getByRole('option', { name }).click();
	}

	async executeWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').first().click();
	}

	/** The field of a parameter of the open node. */
	parameter(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}

	/** The labels of the fields that the open node shows, from top to bottom. */
	async labels(): Promise<string[]> {
		const labels = '[data-test-id=parameter-item] label.n8n-input-label:visible';
		// Behind the label may stand the switch between "Fixed" and "Expression".
		const texts = await this.page.locator(labels).allInnerTexts();
		return texts.map((text) => text.trim().replace(/\n[^]*/, ''));
	}

	/** The names that a field offers, opened and closed again as a user would. */
	async offered(name: string): Promise<string[]> {
		return [...(await this.described(name)).keys()];
	}

	/** What a field says of each name that it offers. */
	async described(name: string): Promise<Map<string, string>> {
		const options = await this.unfold(name);
		const texts = await options.allInnerTexts();
		await this.page.keyboard.press('Escape');
		return new Map(texts.map((text) => text.split(/\n+([^]*)/) as [string, string]));
	}

	/** What a field shows as chosen. */
	async chosen(name: string): Promise<string> {
		return await this.parameter(name).getByRole('combobox').inputValue();
	}

	async choose(name: string, option: string): Promise<void> {
		const options = await this.unfold(name);
		await options.filter({ has: this.page.getByText(option, { exact: true }) }).click();
	}

	/** Does what makes n8n ask for the options of a field anew, and waits until they are there. */
	async reloading(action: () => Promise<void>): Promise<void> {
		const loaded = this.page.waitForResponse(/dynamic-node-parameters\/options/);
		await action();
		await loaded;
		await this.settled();
	}

	/** Waits until no list is being loaded. */
	async settled(): Promise<void> {
		await this.page.waitForFunction(
			`[...document.querySelectorAll('input')].every(({ value }) => value !== 'Loading options...')`,
		);
	}

	/** Whether a switch is on. */
	async isOn(name: string): Promise<boolean> {
		return await this.parameter(name).getByRole('switch').isChecked();
	}

	/** Opens the list of a field. @returns its entries */
	async unfold(name: string): Promise<Locator> {
		const box = this.parameter(name).getByRole('combobox');
		await box.click();
		const list = await box.getAttribute('aria-controls');
		const options = this.page.locator(`[id="${list}"] [data-test-id=parameter-input-item]`);
		await options.first().waitFor();
		return options;
	}
}

/** The stage and a browser for the tests of a file. */
export function useEditor(): { readonly session: Session; readonly editor: Editor } {
	let session: Session;
	let editor: Editor;
	beforeAll(async () => {
		session = await openSession();
		editor = await Editor.open(session.n8nUrl);
	});
	afterAll(async () => await editor?.close());
	return {
		get session() {
			return session;
		},
		get editor() {
			return editor;
		},
	};
}
