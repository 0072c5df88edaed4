import { copySources, scan, unpackPackage } from './unpackedPackage.mts';

describe("n8n's scanner for community packages", () => {
	it('accepts the sources', () => {
		const sources = copySources();
		try {
			expect(scan('source', sources.folder)).toEqual({ passed: true });
		} finally {
			sources.remove();
		}
	});

	it('accepts the packed package, bundled library included', () => {
		const unpacked = unpackPackage();
		try {
			expect(scan('artifact', unpacked.folder)).toEqual({ passed: true });
		} finally {
			unpacked.remove();
		}
	});
});
