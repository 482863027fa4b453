/** The line below a node on the canvas: the list price (first, because the canvas truncates), model, length and resolution. */
import { RECOMMENDED_PROMPT } from '../catalogue/estimate';
import type { ClipRow, ResolutionPrice, VideoKind } from '../catalogue/types';
import { fieldRows } from './rows';

/** `[credits per second, total of 1 s, of 2 s …]`; without totals if all seconds cost the same. */
function packRate({ firstSeconds, perSecond }: Omit<ResolutionPrice, 'offPeak'>): number[] {
	const [per = 0, ...first] = [perSecond, ...firstSeconds].map((credits) =>
		typeof credits === 'number' ? credits : credits.global,
	);
	return first.length === 1 && first[0] === per ? [per] : [per, ...first];
}

/** By resolution number: the normal rate and, if different, the off-peak rate. */
function packPrice({ price }: ClipRow): string {
	const rates = Object.entries(price?.byResolution ?? {}).map(
		([resolution, rate]) =>
			`${parseInt(resolution, 10)}:${JSON.stringify([rate, rate.offPeak ?? []].flat().map(packRate))}`,
	);
	return `{${rates.join()}}`;
}

/**
 * `[index of the price, surcharge for a recommended prompt, audio required by off-peak (2: no off-peak),
 * surcharge for audio, most seconds if the model may choose them]`, without trailing zeros.
 */
function packRow(row: ClipRow, prices: string[]): string {
	const price = packPrice(row);
	if (!prices.includes(price)) prices.push(price);
	const { isRec, offPeak, duration } = row.fields;
	const numbers = [
		prices.indexOf(price),
		isRec && !isRec.noEffect ? RECOMMENDED_PROMPT : 0,
		offPeak?.withAudio === undefined ? 2 : Number(offPeak.withAudio),
		row.price?.audioSurcharge ?? 0,
		duration.values.includes(0) ? duration.values.at(-1) : 0,
	];
	const key = /\W/.test(row.model) ? `'${row.model}'` : row.model;
	return `${key}:[${numbers.join().replace(/(,0)+$/, '')}]`;
}

/**
 * The expression for n8n's `subtitle`, with the prices of Vidu's global list. It reads raw parameters,
 * because it is evaluated without data: expressions are shown as such. It never throws. It must not
 * contain `}}` before its end, where n8n would end it, nor `?.[`, which n8n's sanitizer breaks.
 * `chooser` is the parameter whose value names the kind; for any other value, `otherwise` is shown.
 */
export function subtitleOf(
	chooser: string,
	kinds: Readonly<Record<string, VideoKind>>,
	otherwise = "''",
): string {
	const prices: string[] = [];
	const rows = Object.entries(kinds).map(([value, kind]) => {
		const priced = fieldRows(kind).filter(({ price }) => price !== null);
		return `${value}:{${priced.map((row) => packRow(row, prices)).join()}}`;
	});
	const code = `((p, rows, prices) => {
const of = rows[p.${chooser}], { model, duration: s, resolution: r } = p, o = p.options || {}, audio = p.audio === true;
if (!of) return ${otherwise};
const open = (value) => String(value)[0] === '=';
const shown = [['model', model], ['length', s === 0 ? 'auto' : s], ['resolution', r]]
.map(([name, value]) => open(value) ? name + ' by expression' : value > 0 ? value + 's' : String(value || '').replace(/^viduq/, 'q')).filter(Boolean).join(' ');
if ([model, s, r, p.audio, o, o.offPeak, o.isRec].some(open)) return 'price by expression · ' + shown;
const [price, rec = 0, rule = 0, extra = 0, most] = [].concat(of[model] || []), d = s || most;
const [normal, low] = (prices[price] || {})[parseInt(r)] || [];
if (!normal || !(d > 0)) return shown;
const clip = ([per, ...first]) => { const n = Math.min(d, first.length); return (first[n - 1] || 0) + (d - n) * per; };
let c = clip(normal) + (audio ? extra : 0);
if (o.offPeak === true && rule === +audio) c = low ? clip(low) : Math.ceil(c / 2);
if (o.isRec === true) c += rec;
return (s ? '≈ ' : '≤ ') + c + ' credits · ' + shown;
})($rawParameter, {${rows.join()}}, [${prices.join()}])`;
	return `={{ ${code.replace(/\}(?=\})/g, '} ')} }}`;
}
