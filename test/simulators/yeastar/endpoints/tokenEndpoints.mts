import { z } from 'zod';
import { PbxRefusal } from '../errcodes.mts';
import { get, post, type Endpoint } from './endpoint.mts';

export const tokenEndpoints: Endpoint[] = [
	post(
		'get_token',
		{ body: z.object({ username: z.string(), password: z.string() }).strict(), withoutToken: true },
		({ body, address, pbx }) => {
			if (pbx.faults.noTokenSlot) throw new PbxRefusal(60002);
			return pbx.tokens.login(address, body.username, body.password);
		},
	),
	post(
		'refresh_token',
		{ body: z.object({ refresh_token: z.string() }).strict(), withoutToken: true },
		({ body, pbx }) => pbx.tokens.refresh(body.refresh_token),
	),
	get('del_token', {}, ({ accessToken, pbx }) => {
		pbx.tokens.revoke(accessToken);
		return {};
	}),
];
