/** Deliberate breaks of the node, for each rule at least one: what must be caught, and by which tests. */

export interface Break {
	/** The rule, by its letter and number in issue 10 and in a few words. */
	readonly rule: string;
	/** Path from the root of the checkout. */
	readonly file: string;
	/** Stands in the file exactly once. */
	readonly find: string;
	readonly replace: string;
	/** Paths for jest, the one that catches first; all of them pass on the unbroken node. */
	readonly tests: readonly string[];
	/** Of slow files only the tests whose names match this, for jest's `-t`. */
	readonly only?: string;
}

const NODE = 'nodes/Vidu';

const UNIT = 'test/unit';
const ENGINE = 'test/engine';
const CALL = `${UNIT}/call.test.ts`;
const CALLBACK = `${ENGINE}/callback.test.mts`;
const CALLBACKS = `${UNIT}/callbacks.test.ts`;
const CLAIMS = `${UNIT}/claims.test.mts`;
const ENVELOPES = `${ENGINE}/errorEnvelopes.test.mts`;
const FILE_TYPES = `${UNIT}/fileTypes.test.ts`;
const HOSTILE = `${UNIT}/hostileAnswers.test.ts`;
const LINKS = `${UNIT}/links.test.ts`;
const MISBEHAVIOUR = `${ENGINE}/money/misbehaviour.test.mts`;
const NOT_SENT = `${UNIT}/notSent.test.mts`;
const PARSE_BODY = `${UNIT}/parseBody.test.mts`;
const PROVIDERS = `${UNIT}/providers.test.ts`;
const RUNNER = `${UNIT}/runner.test.ts`;
const SCENARIOS = `${ENGINE}/money/scenarios.test.mts`;
const SETTINGS = `${UNIT}/settings.test.ts`;
const TASK_NOTES = `${UNIT}/taskNotes.test.ts`;
const TRANSPORT = `${ENGINE}/transport.test.mts`;
const TRIGGER = `${ENGINE}/trigger.test.mts`;
const VALUES = `${UNIT}/values.test.ts`;

export const BREAKS: readonly Break[] = [
	// A. A paid clip becomes unreachable
	{
		rule: 'A1: a number with a fraction is no id',
		file: `${NODE}/providers/read.ts`,
		find: '\t\tcode === 46 ||\n',
		replace: '',
		tests: [ENVELOPES],
		only: 'fractions of 16 digits',
	},
	{
		rule: 'A1: ids above 2^53 stay exact',
		file: `${NODE}/providers/read.ts`,
		find: `'"', token, '"'`,
		replace: 'token',
		tests: [PROVIDERS],
	},
	{
		rule: 'A1: digits within a text stay what they are',
		file: `${NODE}/providers/read.ts`,
		find: 'if (slashes % 2 === 0) return end;',
		replace: 'return end;',
		tests: [PARSE_BODY],
		only: 'is read as JSON.parse',
	},
	{
		rule: 'A2: what decorates a purchase never throws',
		file: `${NODE}/tasks/taskNotes.ts`,
		find: '} catch {\n\t\treturn;',
		replace: '} catch (error) {\n\t\tthrow error;',
		tests: [TASK_NOTES],
	},
	{
		rule: 'A2: what was bought is remembered',
		file: `${NODE}/tasks/purchase.ts`,
		find: `memoryFor(shop, item).remember(key, {\n\t\t...sending,`,
		replace: `void ({\n\t\t...sending,`,
		tests: [SCENARIOS],
		only: 'Retry On Fail',
	},
	{
		rule: 'A3: the bought id wins over that of a status answer',
		file: `${NODE}/tasks/follow.ts`,
		find: '{ ...given, taskId: entry.task.taskId }',
		replace: 'given',
		tests: [RUNNER],
		only: 'keeps the id that was bought',
	},
	{
		rule: 'A3: a status answer is read under the id that was asked for',
		file: `${NODE}/providers/reading.ts`,
		find: `unreadTask(asked || (ids[0] ?? ''))`,
		replace: 'unreadTask(ids[0] ?? asked)',
		tests: [HOSTILE],
	},
	{
		rule: 'A4: a throw while submitting is the failure of its item',
		file: `${NODE}/tasks/runner.ts`,
		find: `(defect): Submitted => ({ kind: 'failure', failure: failureOf(defect) }),`,
		replace: '(defect): Submitted => {\n\t\t\t\tsubmitting -= 1;\n\t\t\t\tthrow defect;\n\t\t\t},',
		tests: [RUNNER],
		only: 'makes what is thrown the failure',
	},
	{
		rule: 'A4: a throw while delivering is the failure of its item, with the id',
		file: `${NODE}/tasks/runner.ts`,
		find: '(defect) => failureOf(defect, { task }),',
		replace: '(defect): Failure => {\n\t\t\t\tthrow defect;\n\t\t\t},',
		tests: [RUNNER],
		only: 'makes what is thrown the failure',
	},
	{
		rule: 'A4: a failure that ends the run waits for orders on their way',
		file: `${NODE}/tasks/runner.ts`,
		find: '(ending() && submitting === 0)',
		replace: 'ending()',
		tests: [RUNNER],
		only: 'ends at a failure only when',
	},
	{
		rule: 'A4: a defect names the paid ids',
		file: `${NODE}/tasks/runner.ts`,
		find: 'failureOf(defects[0], { task })',
		replace: 'failureOf(defects[0])',
		tests: [RUNNER],
		only: 'is ended by a defect',
	},
	{
		rule: 'A4: a date that no calendar holds is none',
		file: `${NODE}/tasks/item.ts`,
		find: 'isoTime(facts.readAt + left * 1000)',
		replace: 'new Date(facts.readAt + left * 1000).toISOString()',
		tests: [HOSTILE],
	},
	{
		rule: 'A5: where the list is refused tasks are read one by one',
		file: `${NODE}/tasks/look.ts`,
		find: 'found.listFailures = refused ? Infinity : found.listFailures + 1;',
		replace: 'void refused;',
		tests: [MISBEHAVIOUR],
		only: 'a list that is refused',
	},
	{
		rule: 'A5: that the list is refused is remembered for the run',
		file: `${NODE}/tasks/look.ts`,
		find: ' && found.listFailures < LIST_TRIES) {\n\t\tif',
		replace: ') {\n\t\tif',
		tests: [MISBEHAVIOUR],
		only: 'a list that is refused',
	},
	{
		rule: 'A6: one refusal to show a task is none',
		file: `${NODE}/tasks/patience.ts`,
		find: 'refusal: 180_000',
		replace: 'refusal: 0',
		tests: [RUNNER],
		only: 'takes a refusal to show',
	},
	{
		rule: 'A6: success without a result gets a minute',
		file: `${NODE}/tasks/patience.ts`,
		find: 'emptySuccess: 60_000',
		replace: 'emptySuccess: 0',
		tests: [RUNNER],
		only: 'gives a success without a result',
	},
	{
		rule: 'A7: there is a last look when the time is over',
		file: `${NODE}/tasks/runner.ts`,
		find: 'takeInLook(entry, job, statuses, begun)',
		replace: 'takeInLook(entry, job, statuses, now)',
		tests: [RUNNER],
		only: 'looks once more',
	},
	{
		rule: 'A7: the age of a task counts from its own order',
		file: `${NODE}/tasks/runner.ts`,
		find: '...followed(task, now), position',
		replace: '...followed(task, start), position',
		tests: [RUNNER],
		only: 'from its own order',
	},
	{
		rule: 'A7: ages are counted by a monotonic clock',
		file: `${NODE}/tasks/run.ts`,
		find: 'performance.now()',
		replace: 'Date.now()',
		tests: [MISBEHAVIOUR],
		only: 'a clock that is set',
	},
	{
		rule: 'A7: Timeout has an upper bound',
		file: `${NODE}/tasks/settings.ts`,
		find: '!(timeout > 0 && timeout <= MAX_TIMEOUT)',
		replace: '!(timeout > 0)',
		tests: [SETTINGS],
	},
	{
		rule: 'A8: one 429 fails no item, however long the run has been',
		file: `${NODE}/tasks/runner.ts`,
		find: 'blockedSince ??= begun;',
		replace: 'blockedSince ??= start;',
		tests: [RUNNER],
		only: 'at one 429',
	},
	{
		rule: 'A8: Retry-After is capped by what is left of Timeout',
		file: `${NODE}/tasks/runner.ts`,
		find: 'Math.min(backoff(busyInARow, retryAfter), left)',
		replace: 'backoff(busyInARow, retryAfter)',
		tests: [RUNNER],
		only: 'waits no longer than its Timeout',
	},
	{
		rule: 'A9: each bought id is logged when it is bought',
		file: `${NODE}/tasks/purchase.ts`,
		find: 'context.logger.info(`Vidu: ${provider.name} took task',
		replace: 'context.logger.debug(`Vidu: ${provider.name} took task',
		tests: [MISBEHAVIOUR],
		only: 'named in the log the moment',
	},
	{
		rule: 'A9: an order that is answered after Stop is named in the log',
		file: `${NODE}/tasks/purchase.ts`,
		find: 'if (!shop.ended) return;',
		replace: 'return;',
		tests: [MISBEHAVIOUR],
		only: 'answered after Stop',
	},
	{
		rule: 'A9: an order that is answered after Stop is cancelled if so chosen',
		file: `${NODE}/tasks/purchase.ts`,
		find: 'item.settings.cancelOnStop && (await',
		replace: 'false && (await',
		tests: [MISBEHAVIOUR],
		only: 'answered after Stop',
	},
	{
		rule: 'A10: a cover that fails keeps the video',
		file: `${NODE}/tasks/deliver.ts`,
		find: 'hints.push(`The cover of',
		replace:
			"return { ok: false, failure: failure('No cover', '', { task }) };\n\t\t\thints.push(`The cover of",
		tests: [TRANSPORT],
		only: 'of a cover that fails',
	},
	{
		rule: 'A10: an upload without a uri goes into no order',
		file: `${NODE}/media/outgoing.ts`,
		find: "return uri === '' ? withoutPlace(provider, label) : uri;",
		replace: 'return uri;',
		tests: [TRANSPORT],
		only: 'an upload whose place',
	},
	{
		rule: 'A10: any node name works where its context is read',
		file: `${NODE}/callbacks/nodeContext.ts`,
		find: '$("${spelled}")',
		replace: '$("${nodeName || spelled}")',
		tests: [CALLBACK],
		only: 'is resumed',
	},
	{
		rule: 'A11: an answer is read up to 20 MB',
		file: `${NODE}/transport/limits.ts`,
		find: 'if (size > MAX_ANSWER)',
		replace: 'if (size > 100 * MAX_ANSWER)',
		tests: [TRANSPORT],
		only: 'read up to 20 MB',
	},
	{
		rule: 'A12: a request has a total time',
		file: `${NODE}/transport/limits.ts`,
		find: "\t\tdeadline.addEventListener('abort', end);\n",
		replace: '',
		tests: [TRANSPORT],
		only: 'an answer that never ends',
	},
	{
		rule: 'A12: a download has a least rate',
		file: `${NODE}/transport/limits.ts`,
		find: 'if (asked && came < bytes)',
		replace: 'if (asked && came < 0)',
		tests: [TRANSPORT],
		only: 'that trickles at every try',
	},
	{
		rule: 'A13: a server that cannot be reached is tried for a minute only',
		file: `${NODE}/tasks/patience.ts`,
		find: 'unreachable: 60_000',
		replace: 'unreachable: Infinity',
		tests: [RUNNER],
		only: 'tries a server that cannot be reached',
	},
	{
		rule: 'A13: each pause is a line in the log',
		file: `${NODE}/tasks/runner.ts`,
		find: 'around.pausing(pause, failure);',
		replace: '',
		tests: [RUNNER],
		only: 'tries a server that cannot be reached',
	},
	{
		rule: 'A14: the title of a failed task says what happened',
		file: `${NODE}/transport/failure.ts`,
		find: '(what === undefined\n',
		replace: '(what !== null\n',
		tests: [HOSTILE],
	},
	{
		rule: 'A14: that nothing was charged is said where it is known',
		file: `${NODE}/transport/failure.ts`,
		find: "isUncharged(provider, task) && 'Nothing was charged'",
		replace: "false && 'Nothing was charged'",
		tests: [HOSTILE],
	},
	{
		rule: 'A14: that nothing was charged is said only where it is known',
		file: `${NODE}/transport/failure.ts`,
		find: "isUncharged(provider, task) && 'Nothing was charged'",
		replace: "'Nothing was charged'",
		tests: [HOSTILE],
	},
	{
		rule: 'A14: an unknown id is not said to be fetched at any time',
		file: `${NODE}/tasks/look.ts`,
		find: 'const advice = sentences(refused.advice, unknown);',
		replace: 'const advice = refused.advice;',
		tests: [ENVELOPES],
		only: 'a task that nobody knows',
	},
	{
		rule: 'A14: only of a task that was bought here it is said that it can be fetched at any time',
		file: `${NODE}/tasks/follow.ts`,
		find: 'const bought = patience === undefined && fetchLater(taskId);',
		replace: 'const bought = fetchLater(taskId);',
		tests: [ENVELOPES],
		only: 'a task that nobody knows',
	},
	{
		rule: 'A15: a link into a private network is refused before paying',
		file: `${NODE}/media/links.ts`,
		find: 'if (isLocal(reference) && !isLocal(baseUrl))',
		replace: 'if (isLoopback(url.hostname) && !isLocal(baseUrl))',
		tests: [LINKS],
	},
	{
		rule: 'A15: a page of Google Drive or Dropbox is refused before paying',
		file: `${NODE}/media/links.ts`,
		find: 'return drivePage(url) ?? dropboxPage(url);',
		replace: 'return null;',
		tests: [LINKS],
	},
	{
		rule: 'A16: what is no media is no result',
		file: `${NODE}/tasks/fileTypes.ts`,
		find: '/^.{4}ftyp(?!hei|mif|msf|avi)/s',
		replace: '/^/',
		tests: [FILE_TYPES],
	},
	{
		rule: 'A16: a result is of the kind that the operation makes',
		file: `${NODE}/tasks/deliver.ts`,
		find: 'type === null || (makes !== null && type.kind !== makes)',
		replace: 'type === null',
		tests: [TRANSPORT],
		only: 'is refused when it is none',
	},
	{
		rule: 'A16: a clip that is cut off is not delivered',
		file: `${NODE}/tasks/deliver.ts`,
		find: 'if (problem !== null) throw new LimitError(problem);',
		replace: 'void problem;',
		tests: [TRANSPORT],
		only: 'that is cut off',
	},

	// B. Bought twice
	{
		rule: 'B1: success without a link is never uncharged',
		file: `${NODE}/providers/charged.ts`,
		find: ' || task.error?.code === NO_OUTPUT',
		replace: '',
		tests: [HOSTILE],
	},
	{
		rule: 'B1: what cost something is never uncharged',
		file: `${NODE}/providers/charged.ts`,
		find: 'charged.every((sum) => sum === 0) && ',
		replace: '',
		tests: [HOSTILE],
	},
	{
		rule: 'B1: only a provider that is known not to charge for failures does not',
		file: `${NODE}/providers/viduFormat.ts`,
		find: 'chargesForFailures: true',
		replace: 'chargesForFailures: false',
		tests: [HOSTILE],
	},
	{
		rule: 'B1: a link is read where gateways put it',
		file: `${NODE}/providers/links.ts`,
		find: "\t'fail_reason',\n",
		replace: '',
		tests: [HOSTILE],
	},
	{
		rule: 'B1: a failed task is bought again only where it was uncharged',
		file: `${NODE}/tasks/purchase.ts`,
		find: '!isUncharged(shop.provider, task)',
		replace: "task.state !== 'failed'",
		tests: [MISBEHAVIOUR],
		only: 'never bought again',
	},
	{
		rule: 'B2: success without an id, whose code is no known refusal, is doubt',
		file: `${NODE}/tasks/create.ts`,
		find: 'if (error.known) {',
		replace: 'if (error.code !== null) {',
		tests: [ENVELOPES],
		only: 'an order in doubt',
	},
	{
		rule: "B3: the key of a tool's call survives tries",
		file: `${NODE}/tasks/call.ts`,
		find: '(run === null || run === runIndex)',
		replace: 'run === runIndex',
		tests: [CALL],
	},
	{
		rule: 'B3: a second call of a tool buys',
		file: `${NODE}/tasks/call.ts`,
		find: 'if (returned) (calls',
		replace: 'if (returned && runIndex < 0) (calls',
		tests: [CALL],
	},
	{
		rule: 'B4: who does not get the key buys nothing',
		file: `${NODE}/tasks/purchase.ts`,
		find: "dedupeKey === null ? 'taken' : await claims.take(key)",
		replace: "dedupeKey === null ? 'taken' : 'mine'",
		tests: [MISBEHAVIOUR],
		only: 'cannot be found again',
	},
	{
		rule: 'B4: of workers that claim at the same moment one gets the key',
		file: `${NODE}/tasks/claims.ts`,
		find: "if (processed.includes(token)) return 'mine';",
		replace: "if (!processed.includes(key)) return 'mine';",
		tests: [CLAIMS],
	},
	{
		rule: 'B4: a renamed node keeps its keys',
		file: `${NODE}/tasks/generate.ts`,
		find: 'const { id: nodeId } = context.getNode();',
		replace: 'const { name: nodeId } = context.getNode();',
		tests: [MISBEHAVIOUR],
		only: 'under another name',
	},
	{
		rule: 'B4: a key under which nothing was bought is free again',
		file: `${NODE}/tasks/purchase.ts`,
		find: 'await shop.claims.giveBack(key).catch(() => undefined);',
		replace: '',
		tests: [MISBEHAVIOUR],
		only: 'free again',
	},
	{
		rule: 'B5: an order without an answer is never sent again',
		file: `${NODE}/transport/notSent.ts`,
		find: "notSent: chain.some(({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo')",
		replace: 'notSent: code !== undefined',
		tests: [NOT_SENT],
	},
	{
		rule: 'B5: a certificate that is not trusted is certainly not sent',
		file: `${NODE}/transport/notSent.ts`,
		find: 'return { reason, notSent: true };',
		replace: 'return { reason, notSent: false };',
		tests: [NOT_SENT],
	},
	{
		rule: 'B6: two retries of one execution at the same moment buy once',
		file: `${NODE}/tasks/purchase.ts`,
		find: 'return await oneAtATime(scopeOf(shop, item) + item.key, async () => await buy(shop, item));',
		replace: 'return await buy(shop, item);',
		tests: [MISBEHAVIOUR],
		only: 'also at the same moment',
	},
	{
		rule: 'B6: what another process bought is found by its mark',
		file: `${NODE}/tasks/lost.ts`,
		find: 'if (task?.payload === lost.marker) return task;',
		replace: '',
		tests: [MISBEHAVIOUR],
		only: 'by the mark in the payload',
	},

	// C. Values that cost money by mistake
	{
		rule: 'C1: what is neither yes nor no is refused',
		file: `${NODE}/tasks/parameters.ts`,
		find: "return reject(\n\t\tlabel,\n\t\t'',\n\t\t`is ${shown(value)}, but must be yes",
		replace:
			"return undefined;\n\treject(\n\t\tlabel,\n\t\t'',\n\t\t`is ${shown(value)}, but must be yes",
		tests: [VALUES],
	},
	{
		rule: 'C1: yes and on and 1 are yes',
		file: `${NODE}/tasks/parameters.ts`,
		find: "[true, 1, 'true', 'yes', 'on', '1']",
		replace: "[true, 'true']",
		tests: [VALUES],
	},
	{
		rule: 'C2: an object in a text field is refused',
		file: `${NODE}/tasks/parameters.ts`,
		find: ': reject(label, whose, `contains ${shown(value)}, but takes text: give the text itself`)',
		replace: ': String(value)',
		tests: [VALUES],
	},
	{
		rule: 'C2: a payload travels untrimmed',
		file: `${NODE}/tasks/parameters.ts`,
		find: "return text === '' ? undefined : text;\n}\n\n/** One of",
		replace: "return text === '' ? undefined : text?.trim();\n}\n\n/** One of",
		tests: [VALUES],
	},
	{
		rule: 'C3: an expression that was left as plain text is refused',
		file: `${NODE}/tasks/parameters.ts`,
		find: 'const expression = expressionIn(text);',
		replace: 'const expression = text.length < 0 ? expressionIn(text) : null;',
		tests: [VALUES],
	},
	{
		rule: 'C4: settings of the run that differ between items are refused',
		file: `${NODE}/tasks/budget.ts`,
		find: 'runWideProblem(plans) ?? ',
		replace: '',
		tests: [MISBEHAVIOUR],
		only: 'differ between items',
	},
	{
		rule: 'C4: On Stop is honoured per item',
		file: `${NODE}/tasks/paid.ts`,
		find: 'cancel: item.settings.cancelOnStop',
		replace: 'cancel: plans[0]?.settings.cancelOnStop === true',
		tests: [MISBEHAVIOUR],
		only: 'honoured for each item',
	},
	{
		rule: 'C5: ids as numbers above 2^53 are refused',
		file: `${NODE}/tasks/parameters.ts`,
		find: 'Math.abs(value) <= Number.MAX_SAFE_INTEGER',
		replace: 'Number.isFinite(value)',
		tests: [VALUES],
	},

	// D. Trust
	{
		rule: 'D1: what a provider says is shortened',
		file: `${NODE}/providers/discreet.ts`,
		find: 'line.length > longest',
		replace: 'line.length > READ',
		tests: [HOSTILE],
	},
	{
		rule: 'D1: queries of addresses are not shown',
		file: `${NODE}/providers/discreet.ts`,
		find: `.replace(/(https?:\\/\\/[^\\s"'<>?#]+)[?#][^\\s"'<>]*/gi, '$1')`,
		replace: '',
		tests: [HOSTILE],
	},
	{
		rule: 'D1: the key is masked',
		file: `${NODE}/providers/discreet.ts`,
		find: "value.replaceAll(key, '•••')",
		replace: 'value',
		tests: [HOSTILE],
	},
	{
		rule: 'D2: every verified nonce is remembered',
		file: `${NODE}/tasks/judge.ts`,
		find: 'if (judged instanceof Reply && judged.status < 500) handled.add(mark);',
		replace: '',
		tests: [TRIGGER],
		only: 'known by its nonce',
	},
	{
		rule: 'D2: the memory is bounded by age, not by number',
		file: `${NODE}/callbacks/marks.ts`,
		find: '\t\tslice.marks.add(mark);\n',
		replace:
			"\t\tif (slice.marks.size >= 500) {\n\t\t\tslice.marks.clear();\n\t\t\tslice.text = '';\n\t\t}\n\t\tslice.marks.add(mark);\n",
		tests: [CALLBACKS],
	},
	{
		rule: 'D2: a nonce is remembered for twice the clock skew',
		file: `${NODE}/callbacks/handled.ts`,
		find: 'age: 2 * maxClockSkew',
		replace: 'age: maxClockSkew / 2',
		tests: [TRIGGER],
		only: 'by a clock that is ahead',
	},
	{
		rule: 'D3: what an unsigned body says is never data',
		file: `${NODE}/tasks/judge.ts`,
		find: 'const task = byBody ? told : await fetched(session, told);',
		replace:
			"const task = settings.verification !== 'signatureAndFetch' ? told : await fetched(session, told);",
		tests: [TRIGGER],
		only: 'starts the workflow',
	},
	{
		rule: 'D3: while the API says processing the provider is asked to repeat',
		file: `${NODE}/tasks/judge.ts`,
		find: 'if (ahead) return',
		replace: 'if (ahead && task.taskId === told.payload) return',
		tests: [TRIGGER],
		only: 'is asked for again',
	},
	{
		rule: 'D3: so it is while suspended',
		file: `${NODE}/tasks/resume.ts`,
		find: "if (lags === LAG.length) return 'trouble';",
		replace: "if (lags === LAG.length) return 'running';",
		tests: [CALLBACK],
		only: 'does not bear out yet',
	},
	{
		rule: 'D4: maps keyed by what a provider says are read by own properties',
		file: `${NODE}/providers/read.ts`,
		find: 'Object.hasOwn(table, key) ? table[key] : undefined',
		replace: 'table[key]',
		tests: [HOSTILE],
	},
];
