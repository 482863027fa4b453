/** A mail server on 127.0.0.1 that keeps what n8n sends, so that a message may wait for an answer. */
import { createServer, type AddressInfo } from 'node:net';

export interface Mailbox {
	/** To be given to a credential of the type `smtp`. */
	readonly credential: Readonly<Record<string, unknown>>;
	/** The messages that came, oldest first, as HTML. */
	readonly messages: readonly string[];
	close(): Promise<void>;
}

/** Starts it on any free port. */
export async function startMailbox(): Promise<Mailbox> {
	const messages: string[] = [];
	const server = createServer((socket) => {
		let message: string | undefined;
		socket.write('220 mailbox\r\n');
		socket.on('data', (chunk: Buffer) => {
			const text = chunk.toString();
			if (message === undefined) {
				const isData = /^DATA\r\n/i.test(text);
				if (isData) message = '';
				socket.write(isData ? '354 Go on\r\n' : /^QUIT/i.test(text) ? '221 Bye\r\n' : '250 OK\r\n');
				return;
			}
			message += text;
			if (!message.endsWith('\r\n.\r\n')) return;
			messages.push(unquoted(message));
			message = undefined;
			socket.write('250 OK\r\n');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const credential = { host: '127.0.0.1', port, secure: false, disableStartTls: true };
	const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
	return { credential: { user: '', password: '', ...credential }, messages, close };
}

/** Out of quoted-printable. */
const unquoted = (text: string) =>
	text
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
