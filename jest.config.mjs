// Tests are .mts: n8n's shared lint rules, which forbid Node's built-in modules, apply to every *.ts.
const common = {
	testEnvironment: 'node',
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json'],
	transform: {
		'^.+\\.(m?ts|mjs)$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
		],
	},
};

/** @param {string} folder below test/, which is also the project's name */
const project = (folder) => ({
	...common,
	displayName: folder,
	testMatch: [`<rootDir>/test/${folder}/**/*.test.mts`],
});

const projects = ['unit', 'unit-together', 'integration', 'package', 'e2e'].map(project);
const e2e = projects.find(({ displayName }) => displayName === 'e2e');
e2e.globalSetup = '<rootDir>/test/e2e/stack/beforeAllFiles.mts';

export default {
	// How long things take is measured in test/bench; here a limit only ends what hangs.
	testTimeout: 120_000,
	projects,
};
