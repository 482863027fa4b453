/**
 * Faults on demand. A token in the prompt (or in the `payload`, the text or the name of a request
 * that has none), or the same token in the header `x-sandbox-faults`, makes the sandbox misbehave in
 * the way that the table says. Anything else in brackets is prompt.
 */
export const FAULTS: ReadonlyArray<readonly [token: string, effect: string]> = [
	['[reject=CODE]', 'the create request is refused with that error code; nothing is billed'],
	['[fail=CODE]', 'the task ends failed with that err_code; its credits are refunded'],
	['[drop]', 'the connection is cut after the task was accepted and billed'],
	['[create500]', 'answers 500 after the task was accepted and billed'],
	['[times=N]', 'limits the four above to the first N orders with this exact prompt'],
	['[busy=N]', 'the first N creates with this exact prompt get 429 QuotaExceeded'],
	[
		'[retryAfter=S]',
		'the Retry-After of those 429s: seconds (default 1), or `date` for an HTTP date',
	],
	['[slow=MS]', 'the create request is answered that much later (real milliseconds)'],
	['[poll500=N]', 'the first N status requests that concern this task get 500, list calls too'],
	['[poll429=N]', 'the first N status requests that concern this task get 429'],
	['[queue=S]', 'the task waits in the queue, and can be cancelled, until provider-second S'],
	['[render=S]', 'the task takes S provider-seconds'],
	['[never]', 'the task never finishes'],
	['[expired=N]', 'downloads answer 403 until the task was queried again N times after a refusal'],
	['[truncate=N]', 'the first N downloads break off half-way'],
	['[size=MB]', 'the result is padded to that many MB (10^6 bytes) with a `free` box'],
	['[shape=B]', 'Vtrix answers in the shape of its page, with `results` instead of `content`'],
	['[callback=none]', 'no callback is sent'],
	['[callback=late]', 'the final callback comes 30 provider-seconds late'],
	['[callback=twice]', 'every callback is sent twice, each time signed afresh'],
	['[callback=replay]', 'every callback is sent twice, byte for byte the same'],
	['[callback=forged]', 'callbacks are signed with a wrong key'],
];

const CALLBACK_FAULTS = ['none', 'late', 'twice', 'replay', 'forged'] as const;

export interface Faults {
	readonly reject?: string;
	readonly fail?: string;
	readonly drop: boolean;
	readonly create500: boolean;
	/** How many orders `reject`, `fail`, `drop` and `create500` concern. */
	readonly times: number;
	readonly busy: number;
	readonly retryAfter: string;
	readonly slow: number;
	readonly poll500: number;
	readonly poll429: number;
	readonly queue?: number;
	readonly render?: number;
	/** Credits that the provider charges, whatever its list says. */
	readonly charge?: number;
	readonly never: boolean;
	readonly expired: number;
	readonly truncate: number;
	readonly size: number;
	readonly shape?: string;
	readonly callback?: (typeof CALLBACK_FAULTS)[number];
}

/** Reads the tokens of a prompt and of the `x-sandbox-faults` header, where the header wins. */
export function readFaults(prompt: string, header = ''): Faults {
	const tokens = new Map<string, string>();
	for (const [, name = '', value = ''] of `${prompt} ${header}`.matchAll(
		/\[(\w+)(?:=([^\]]*))?\]/g,
	)) {
		tokens.set(name, value);
	}
	const number = (name: string) => {
		const value = Number(tokens.get(name) || NaN);
		return Number.isFinite(value) ? value : undefined;
	};
	return {
		reject: tokens.get('reject'),
		fail: tokens.get('fail'),
		drop: tokens.has('drop'),
		create500: tokens.has('create500'),
		times: number('times') ?? Infinity,
		busy: number('busy') ?? 0,
		retryAfter: tokens.get('retryAfter') ?? '1',
		slow: number('slow') ?? 0,
		poll500: number('poll500') ?? 0,
		poll429: number('poll429') ?? 0,
		queue: number('queue'),
		render: number('render'),
		charge: number('charge'),
		never: tokens.has('never'),
		expired: number('expired') ?? 0,
		truncate: number('truncate') ?? 0,
		size: number('size') ?? 0,
		shape: tokens.get('shape'),
		callback: CALLBACK_FAULTS.find((fault) => fault === tokens.get('callback')),
	};
}

/** The value of a Retry-After header: seconds, or for `date` the HTTP date two seconds from now. */
export function retryAfterHeader({ retryAfter }: Faults, now: number): string {
	return retryAfter === 'date' ? new Date(now + 2000).toUTCString() : retryAfter;
}
