/** What credits are worth. */
import type { ProviderId, Region } from './types';

export interface Money {
	readonly amount: number;
	/** ISO 4217. */
	readonly currency: 'USD' | 'CNY';
}

/**
 * One credit at Vidu. Source: platform.vidu.com, 1 credit = $0.005 (2026-08-13); platform.vidu.cn/docs/pricing,
 * 500 CNY = 16,000 credits (2026-08-12). Packages and contracts may differ.
 */
const PER_CREDIT: Readonly<Record<Region, Money>> = {
	global: { amount: 0.005, currency: 'USD' },
	china: { amount: 500 / 16_000, currency: 'CNY' },
};

/** For people: `$0.23`, below ten cents `$0.025`. */
export function moneyText({ amount, currency }: Money): string {
	// Half a cent is rounded up, whatever binary fractions say.
	const cents = Math.round(amount * 100 + 1e-6) / 100;
	const text = amount < 0.1 ? String(amount) : cents.toFixed(2);
	return (currency === 'USD' ? '$' : '¥') + text;
}

/** For people: `45 credits ($0.23)`, without the worth where it is not known. */
export function creditsText(provider: ProviderId, region: Region, credits: number): string {
	const money = moneyOf(provider, region, credits);
	return `${credits} credits${money === null ? '' : ` (${moneyText(money)})`}`;
}

/**
 * The worth of credits at a provider; null where they are not known, or no price of a credit is
 * documented: everywhere but at Vidu.
 */
export function moneyOf(
	provider: ProviderId,
	region: Region,
	credits: number | null,
): Money | null {
	if (provider !== 'vidu' || credits === null) return null;
	const { amount, currency } = PER_CREDIT[region];
	return { amount: Math.round(credits * amount * 1e5) / 1e5, currency };
}
