/** The line below a node on the canvas: the list price (first, because the canvas truncates), model, length and resolution. */
import { RECOMMENDED_PROMPT } from '../catalogue/estimate';
import { moneyOf, moneyText } from '../catalogue/money';
import { rateText } from '../catalogue/rates';
import type { ClipPrice, Kind, ResolutionPrice, Row } from '../catalogue/types';
import { creditsAtVidu } from './prices';
import { fieldRows } from './rows';

type ClipPriced = Row & { readonly price: ClipPrice };

/** `[credits per second, total of 1 s, of 2 s …]`; without totals if all seconds cost the same. */
function packRate({ firstSeconds, perSecond }: Omit<ResolutionPrice, 'offPeak'>): number[] {
	const [per = 0, ...first] = [perSecond, ...firstSeconds].map((credits) =>
		typeof credits === 'number' ? credits : credits.global,
	);
	return first.length === 1 && first[0] === per ? [per] : [per, ...first];
}

/** By resolution number: the normal rate and, if different, the off-peak rate. */
function packPrice({ price }: ClipPriced): string {
	const rates = Object.entries(price.byResolution).map(
		([resolution, rate]) =>
			`${parseInt(resolution, 10)}:${JSON.stringify([rate, rate.offPeak ?? []].flat().map(packRate))}`,
	);
	return `{${rates.join()}}`;
}

/**
 * `[index of the price, surcharge for a recommended prompt, audio required by off-peak (2: no off-peak),
 * surcharge for audio, most seconds if the model may choose them]`, without trailing zeros.
 */
function packRow(row: ClipPriced, prices: string[]): string {
	const price = packPrice(row);
	if (!prices.includes(price)) prices.push(price);
	const { isRec, offPeak, duration } = row.fields;
	const numbers = [
		prices.indexOf(price),
		isRec && !isRec.noEffect ? RECOMMENDED_PROMPT : 0,
		offPeak?.withAudio === undefined ? 2 : Number(offPeak.withAudio),
		row.price.audioSurcharge ?? 0,
		duration?.kind === 'seconds' && duration.values.includes(0) ? duration.values.at(-1) : 0,
	];
	return `'${row.model ?? ''}':[${numbers.join().replace(/(,0)+$/, '')}]`;
}

/** `{resolution: rate}`, or one rate for all, in words. */
function packRates({ price, fields }: Row): string {
	const { values = [''] } = fields.resolution ?? fields.upscaleResolution ?? {};
	const rates = values.map((resolution) => [resolution, shortRate(price, resolution)] as const);
	const texts = new Set(rates.map(([, text]) => text));
	return JSON.stringify(texts.size === 1 ? rates[0]?.[1] : Object.fromEntries(rates));
}

/** The rate without the details that the panel has. */
function shortRate(price: Row['price'], resolution: string): string | undefined {
	if (price?.by !== 'images') return rateText(price, resolution, creditsAtVidu);
	const credits = price.rates.map((rate) => rate.credits[resolution] ?? 0);
	const [least, most] = [Math.min(...credits), Math.max(...credits)];
	const worth = [least, most].map((each) => moneyOf('vidu', 'global', each));
	return `${least}–${most} credits (${worth.map((money) => money && moneyText(money)).join('–')})`;
}

/**
 * The expression for n8n's `subtitle`, with the prices of Vidu's global list, which it says, because it
 * cannot see the credential. It reads raw parameters, because it is evaluated without data: expressions
 * are shown as such. It never throws. It must not contain `}}` before its end, where n8n would end it,
 * nor `?.[`, which n8n's sanitizer breaks.
 * `chooser` is the parameter whose value names the kind; for any other value, `otherwise` is shown.
 */
export function subtitleOf(
	chooser: string,
	kinds: Readonly<Record<string, Kind>>,
	otherwise = "''",
): string {
	const prices: string[] = [];
	const rates: string[] = [];
	const rows = Object.entries(kinds).flatMap(([value, kind]) => {
		const priced = fieldRows(kind).filter(({ price }: Row) => price !== null);
		const clips = priced.filter(
			(row): row is typeof row & ClipPriced => row.price?.by === 'seconds',
		);
		const others = priced.filter(({ price }) => price?.by !== 'seconds');
		if (others.length === 0) return `${value}:{${clips.map((row) => packRow(row, prices)).join()}}`;
		const packed = others.map((row) => `'${row.model ?? ''}':${packRates(row)}`);
		rates.push(`${value}:{${packed.join()}}`);
		return [];
	});
	const code = `((p, rows, prices, rates) => {
const op = p.${chooser}, { model, duration: s } = p, r = p.resolution || p.upscaleResolution, o = { ...p.options, ...p.runOptions }, audio = p.audio === true;
const open = (value) => String(value)[0] === '=';
const name = ${otherwise};
const rate = (rates[op] || {})[model || ''];
const text = typeof rate === 'object' ? rate[r] : rate;
if (rate && open(r)) return 'price by expression · ' + name;
if (typeof text === 'string') return text + ' at Vidu · ' + name;
const of = rows[op];
if (!of) return name;
const parts = p.keyFrames ? [].concat(p.keyFrames.keyFrame || []).map((k) => (k || {}).duration) : [s];
const shown = [['model', model], ['length', s === 0 ? 'auto' : s], ['resolution', r]]
.map(([name, value]) => open(value) ? name + ' by expression' : value > 0 ? value + 's' : String(value || '').replace(/^viduq/, 'q')).filter(Boolean).join(' ');
if ([model, r, p.audio, p.options, p.runOptions, o.offPeak, o.isRec, p.keyFrames].concat(parts).some(open)) return 'price by expression · ' + shown;
const [price, rec = 0, rule = 0, extra = 0, most] = [].concat(of[model] || []);
const [normal, low] = (prices[price] || {})[parseInt(r)] || [];
if (!normal || !parts.length || !parts.every((d) => (d || most) > 0)) return shown;
const clip = ([per, ...first]) => parts.reduce((sum, part) => { const d = part || most, n = Math.min(d, first.length); return sum + (first[n - 1] || 0) + (d - n) * per; }, 0);
let c = clip(normal) + (audio ? extra : 0);
if (o.offPeak === true && rule === +audio) c = low ? clip(low) : Math.ceil(c / 2);
if (o.isRec === true) c += rec;
return (parts[0] ? '≈ ' : '≤ ') + c + ' credits ($' + (c < 20 ? c / 200 : (Math.round(c / 2) / 100).toFixed(2)) + ') at Vidu · ' + shown;
})($rawParameter, {${rows.join()}}, [${prices.join()}], {${rates.join()}})`;
	return `={{ ${code.replace(/\}(?=\})/g, '} ')} }}`;
}
