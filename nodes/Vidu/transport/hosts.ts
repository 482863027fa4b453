/** Recognizes hosts that the internet cannot reach by their form, as returned by `URL` (IPv6 in brackets, lower case). Pure. */

/** The machine itself. */
export function isLoopback(hostname: string): boolean {
	return /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(plain(hostname));
}

/** RFC 1918, RFC 3927, RFC 4193, RFC 6598, and names that only a local network can resolve. */
function isPrivate(hostname: string): boolean {
	const host = plain(hostname);
	return (
		/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)[\d.]+$/.test(
			host,
		) ||
		/^\[f[cd]|^\[fe[89ab]/.test(host) ||
		/\.(local|internal|lan|home|test)$/.test(host) ||
		!/[.:]/.test(host)
	);
}

/** Whether a URL points to such a host. */
export function isLocal(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { hostname } = new URL(url);
	return isLoopback(hostname) || isPrivate(hostname);
}

/** Without the final dot of a full name, and IPv4 if written as IPv6 (RFC 4291, 2.5.5.2). */
function plain(hostname: string): string {
	const [, high, low] = /^\[::ffff:([\da-f]+):([\da-f]+)\]$/.exec(hostname) ?? [];
	if (high === undefined || low === undefined) return hostname.replace(/\.$/, '');
	return [high, low]
		.map((part) => parseInt(part, 16))
		.flatMap((part) => [part >> 8, part & 255])
		.join('.');
}
