/**
 * Why there is no response, read from the errors that n8n's request helper throws. Pure.
 *
 * Rule that must not regress: a request counts as never sent only if the error shows that no
 * connection was established. A code alone does not: EHOSTUNREACH also ends a connection in use.
 */
import { said } from '../providers/discreet';
import { asRecord, asArray, asText, type Fields } from '../providers/read';

interface NetworkTrouble {
	/** The end of a sentence, without URL queries, which may be signed. */
	readonly reason: string;
	/** True if the request certainly never reached the provider. */
	readonly notSent: boolean;
}

const REASONS: ReadonlyMap<string, string> = new Map([
	['EAI_AGAIN', 'the host name could not be resolved'],
	['ECONNABORTED', 'the server did not respond in time'],
	['ECONNREFUSED', 'the server refused the connection'],
	['ECONNRESET', 'the connection was lost before the response arrived'],
	['EHOSTUNREACH', 'the server cannot be reached'],
	['ENETUNREACH', 'the network cannot be reached'],
	['ENOTFOUND', 'the host name could not be resolved'],
	['EPIPE', 'the connection was lost while sending'],
	['ERR_CANCELED', 'the execution was stopped'],
	['ETIMEDOUT', 'the server did not respond in time'],
]);

/** Node's codes for a server certificate that it rejects (X509_V_ERR_…, and its own check of the name). */
const CERTIFICATE =
	/^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|(CERT|CRL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)_[A-Z_]+)$/;

/** Reads an error and its causes: n8n wraps axios, axios wraps Node, Node wraps attempts at several addresses. */
export function troubleOf(error: unknown): NetworkTrouble {
	const chain = causesOf(error);
	const codes = chain.flatMap(({ code }) => asText(code) ?? []);
	if (chain.some(({ name }) => /^SsrfBlocked/.test(asText(name) ?? ''))) {
		return { reason: "n8n's SSRF protection blocks this address", notSent: true };
	}
	const certificate = codes.find((code) => CERTIFICATE.test(code));
	if (certificate !== undefined) {
		const reason = `the server certificate is not trusted (${certificate})`;
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

/** Own fields only: inherited ones are no evidence. Of several causes the first counts. */
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

/** Older versions of n8n keep only the message of Node's error: "connect ECONNREFUSED 127.0.0.1:1". */
function told(message: unknown): Fields {
	const [, syscall, code] = /^(connect|getaddrinfo) (E[A-Z_]+)\b/.exec(asText(message) ?? '') ?? [];
	return { syscall, code };
}
