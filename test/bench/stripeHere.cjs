/**
 * Loaded into n8n before everything else: what it sends to Stripe goes to a port of this machine, since its
 * Stripe Trigger knows no other address. Its code is its own throughout.
 */
const http = require('node:http');
const https = require('node:https');

const port = Number(process.env.N8N_NODES_VIDU_STRIPE_PORT);
const { request } = https;

https.request = (options, ...rest) =>
	options.hostname === 'api.stripe.com'
		? http.request(
				{ ...options, protocol: 'http:', hostname: '127.0.0.1', port, agent: undefined },
				...rest,
			)
		: request(options, ...rest);
