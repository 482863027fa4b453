/**
 * Why there is no answer, read from the errors that n8n's request helper throws. Pure.
 *
 * Rule that must not regress: a request counts as never sent only where the error shows that no
 * connection came about. A code alone does not: EHOSTUNREACH also ends a connection in use.
 */
import { said } from '../providers/discreet';
import { asRecord, asArray, asText, type Fields } from '../providers/read';

export interface NetworkTrouble {
	/** The end of a sentence, without queries of addresses, which may be signed. */
	readonly reason: string;
	/** True when the request certainly never reached the provider. */
	readonly notSent: boolean;
}

const REASONS: ReadonlyMap<string, string> = new Map([
	['EAI_AGAIN', 'the name of the server could not be looked up'],
	['ECONNABORTED', 'the server did not answer in time'],
	['ECONNREFUSED', 'the server refused the connection'],
	['ECONNRESET', 'the connection was lost before the answer came'],
	['EHOSTUNREACH', 'the server cannot be reached'],
	['ENETUNREACH', 'the network cannot be reached'],
	['ENOTFOUND', 'the name of the server could not be looked up'],
	['EPIPE', 'the connection was lost while sending'],
	['ERR_CANCELED', 'the execution was stopped'],
	['ETIMEDOUT', 'the server did not answer in time'],
]);

/** What Node calls a server certificate that it does not accept (X509_V_ERR_…, and its own check of the name). */
const CERTIFICATE =
	/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|(CERT|CRL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)_[A-Z_]+)$/;

/** Reads an error and all that it was caused by: n8n wraps axios, axios wraps Node, Node wraps tries of several addresses. */
export function troubleOf(error: unknown): NetworkTrouble {
	const chain = causesOf(error);
	const codes = chain.flatMap(({ code }) => asText(code) ?? []);
	if (chain.some(({ name }) => /^SsrfBlocked/.test(asText(name) ?? ''))) {
		return { reason: 'the SSRF protection of this n8n blocks the address', notSent: true };
	}
	const certificate = codes.find((code) => CERTIFICATE.test(code));
	if (certificate !== undefined) {
		const reason = `the certificate of the server is not trusted (${certificate})`;
		return { reason, notSent: true };
	}
	const code = codes.find((known) => REASONS.has(known)) ?? codes[0];
	const message = chain.map(({ message: said }) => asText(said)).find((said) => said !== null);
	return {
		reason:
			code === undefined ? (said(message) ?? 'unknown') : (REASONS.get(code) ?? `network: ${code}`),
		notSent: chain.some(({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo'),
	};
}

/** Own fields only: what an error inherits is no evidence. The first cause of several stands for all. */
function causesOf(error: unknown): Fields[] {
	const chain: Fields[] = [];
	for (let current: unknown = error; chain.length < 8; ) {
		const own = Object.fromEntries(
			['name', 'message', 'messages', 'code', 'syscall', 'cause', 'errors'].flatMap((key) =>
				Object.hasOwn(asRecord(current), key) ? [[key, asRecord(current)[key]]] : [],
			),
		);
		chain.push(own, ...asArray(own.messages).map(told));
		current = own.cause ?? asArray(own.errors)[0];
		if (current === undefined || current === null) break;
	}
	return chain;
}

/** Older versions of n8n keep nothing of Node's error but its message: "connect ECONNREFUSED 127.0.0.1:1". */
function told(message: unknown): Fields {
	const [, syscall, code] = /^(connect|getaddrinfo) (E[A-Z_]+)\b/.exec(asText(message) ?? '') ?? [];
	return { syscall, code };
}
