// What a test does here takes seconds on a machine that does nothing else; nothing is judged by how long it took. A
// project's `testTimeout` is not heard.
jest.setTimeout(60_000);
