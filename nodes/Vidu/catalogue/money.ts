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

/** The worth of credits at a provider; null where no price of a credit is documented: everywhere but at Vidu. */
export function moneyOf(provider: ProviderId, region: Region, credits: number): Money | null {
	if (provider !== 'vidu') return null;
	const { amount, currency } = PER_CREDIT[region];
	return { amount: Math.round(credits * amount * 1e5) / 1e5, currency };
}
