import type { IDataObject } from 'n8n-workflow';
import { eachPage } from '../transport/listAll';
import type { PbxAnswer } from '../transport/errors';
import type { YeastarPbx } from '../transport/yeastarPbx';

/** A PBX that counts what it is asked. All methods reject with a ServiceError. */
export interface CountedPbx {
	readonly requests: { reads: number; writes: number };
	get: YeastarPbx['get'];
	/** @returns how many rows were read, and how many there are by the PBX's count; null if it does not tell */
	eachPage<Row>(
		endpoint: string,
		visit: (rows: Row[]) => void,
	): Promise<{ read: number; total: number | null }>;
	write<Answer>(endpoint: string, body: IDataObject): Promise<PbxAnswer & Answer>;
	/** The API deletes by GET (yeastar.md, 2). */
	remove(endpoint: string, id: string): Promise<void>;
}

export function countedPbx(pbx: Pick<YeastarPbx, 'get' | 'post'>): CountedPbx {
	const requests = { reads: 0, writes: 0 };
	const counted: CountedPbx = {
		requests,
		async get<Answer>(endpoint: string, query?: Parameters<YeastarPbx['get']>[1]) {
			requests.reads++;
			return await pbx.get<Answer>(endpoint, query);
		},
		async eachPage<Row>(endpoint: string, visit: (rows: Row[]) => void) {
			return await eachPage<Row>(
				async (page) => await counted.get<IDataObject>(endpoint, page),
				visit,
			);
		},
		async write<Answer>(endpoint: string, body: IDataObject) {
			requests.writes++;
			return await pbx.post<Answer>(endpoint, body);
		},
		async remove(endpoint, id) {
			requests.writes++;
			await pbx.get(endpoint, { id });
		},
	};
	return counted;
}
