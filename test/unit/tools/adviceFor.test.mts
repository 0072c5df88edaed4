import { adviceFor } from '../../tools/adviceFor.mjs';

describe('adviceFor', () => {
	it.each([
		[
			'gyp ERR! stack FetchError: request to https://nodejs.org/download/release/v24.1.0/node-v24.1.0-headers.tar.gz failed, reason: getaddrinfo ENOTFOUND nodejs.org\ngyp ERR! not ok',
			'nodejs.org',
		],
		[
			'prebuild-install warn install getaddrinfo EAI_AGAIN github.com\ngyp ERR! not ok',
			'github.com',
		],
		[
			'prebuild-install warn request to https://objects.githubusercontent.com/file failed, reason: connect ETIMEDOUT 1.2.3.4:443',
			'objects.githubusercontent.com',
		],
	])('names the host of native modules: %s', (output, host) => {
		expect(adviceFor(output)).toMatch(new RegExp(`^${host} cannot be reached`));
	});

	it('names the registry otherwise', () => {
		const output =
			'npm error code ENOTFOUND\nnpm error network request to https://registry.example/n8n failed, reason: getaddrinfo ENOTFOUND registry.example';
		expect(adviceFor(output)).toMatch(/^The npm registry cannot be reached/);
	});

	it('does not take a package that lives on GitHub for the host', () => {
		const output =
			'npm warn deprecated tar: see https://github.com/isaacs/node-tar\nnpm error code ETIMEDOUT\nnpm error request to https://registry.example/n8n failed';
		expect(adviceFor(output)).toMatch(/^The npm registry cannot be reached/);
	});

	it.each([
		['npm error ENOSPC: no space left on device', /^The disk is full/],
		['npm error code ETARGET', /^The npm registry lacks/],
		['gyp ERR! find Python', /^A native module did not compile/],
		['npm error code 1', /^The end of its output is above/],
	])('%s', (output, advice) => {
		expect(adviceFor(output)).toMatch(advice);
	});
});
