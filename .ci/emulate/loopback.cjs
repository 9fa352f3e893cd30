// Makes every server of this process listen on 127.0.0.1 only; emulate listens on all addresses.
const net = require("node:net");
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const ready = args.find((arg) => typeof arg === "function");
  const port = typeof args[0] === "object" && args[0] !== null ? args[0].port : args[0];
  return listen.call(this, { port: Number(port), host: "127.0.0.1" }, ready);
};
