// Plays a day in Discord with the program at argv[2], in the folder argv[3]: a command, a question, the answers of three
// members by a form, by a command and in the thread, the reveal, the board, and an old button after a kill.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { ChannelType, DigitalDiscord } from './twin.mjs'

const [program, folder] = process.argv.slice(2)
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...rest) { // the twin would listen on every interface
  return listen.call(this, port, '127.0.0.1', ...rest)
}

const channelId = '300000000000000001'
const members = { boss: '400000000000000001', ann: '400000000000000002', bob: '400000000000000003', cyd: '400000000000000004' }
const discord = new DigitalDiscord({
  channels: [{ id: channelId, name: 'study', type: ChannelType.GuildText }],
  users: Object.entries(members).map(([username, id]) => ({ id, username })),
})
// The twin keeps permissions as text; Discord takes a number as well.
discord.prisma = discord.prisma.$extends({ query: { applicationCommand: { create({ args, query }) {
  const p = args.data.defaultMemberPermissions
  return query({ ...args, data: { ...args.data, defaultMemberPermissions: p === null ? null : String(p) } })
} } } })
await discord.start()
assert.equal(discord.server.httpServer.address().address, '127.0.0.1')

fs.mkdirSync(path.join(folder, 'notes'))
fs.writeFileSync(path.join(folder, 'notes', 'tcp.md'), `# TCP

## 三次握手为什么是三次？

- 双方都要确认对方能收也能发。
- 双方的初始序号都要得到确认。
- 旧的 SYN 不会误开连接。
`)

// A day of the week that is not near, so that nothing is asked by itself.
const idle = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getUTCDay() + 3) % 7]

let bot
function start() {
  bot = spawn(program, ['serve', '--data', path.join(folder, 'data'), '--notes', path.join(folder, 'notes'), '--zone', 'UTC', '--log-level', 'info',
    '--days', idle, '--discord.channels', channelId, '--discord.message_content'],
  { env: { ...process.env, DISCORD_TOKEN: discord.botToken, DISCORD_API_URL: discord.restUrl }, stdio: ['ignore', 'inherit', 'pipe'] })
  bot.log = ''
  bot.stderr.on('data', (b) => { bot.log += b; process.stderr.write(b) })
  bot.gone = new Promise((resolve) => bot.on('exit', (code, signal) => resolve(code ?? signal)))
}

async function until(what, holds) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((r) => setTimeout(r, 20))) {
    const got = await holds()
    if (got) return got
  }
  throw new Error(`not within 30 s: ${what}`)
}

const study = discord.channel(channelId)
const text = (m) => [m.content, ...(m.embeds ?? []).flatMap((e) => [e.title, e.description, e.footer?.text])].filter(Boolean).join('\n')
const buttons = (m) => (m.components ?? []).flatMap((row) => row.components)
const step = (name) => console.log(`  ${name}`)

// answered waits for the first response to an interaction.
async function answered({ id }) {
  const ack = await study.waitForInteractionAck({ interactionId: id })
  return { type: ack.type, ...JSON.parse(ack.data ?? '{}') }
}

const command = async (who, name, sub, options = []) => answered(await study.user(members[who]).runSlashCommand({
  name, options: [{ type: 1, name: sub, options: options.map(([key, value]) => ({ type: 3, name: key, value })) }],
}))

try {
  start()
  await until('connected', () => bot.log.includes('connected to Discord'))
  const registered = await discord.prisma.applicationCommand.findMany()
  assert.deepEqual(registered.map((c) => c.name).sort(), ['study', 'study-admin'])
  step('the commands are registered')

  const found = await command('ann', 'study', 'ask', [['query', '三次握手']])
  assert.equal(found.flags, 64)
  assert.match(text(found), /序号/)
  step('a lookup is answered, to the member alone')

  const offered = await answered(await discord.simulateInteraction({
    type: 4, channelId, userId: members.ann, data: { name: 'study', type: 1, options: [{ type: 1, name: 'ask', options: [{ type: 3, name: 'query', value: '三次', focused: true }] }] },
  }))
  assert.equal(offered.type, 8)
  assert.ok(offered.choices.some((c) => c.name.includes('三次握手')))
  step('what is typed is completed')

  const share = buttons(found).find((b) => b.custom_id.startsWith('share'))
  const shown = await until('the lookup as a message', async () => (await study.getMessages()).find((m) => buttons(m).some((b) => b.custom_id === share.custom_id)))
  const shared = await answered(await study.user(members.ann).clickButton({ messageId: shown.id, customId: share.custom_id }))
  assert.equal(shared.flags ?? 0, 0)
  assert.match(text(shared), /ann/)
  step('Share shows it to the channel')

  assert.equal((await command('boss', 'study-admin', 'post')).flags, 64)
  const question = await until('the question', async () => (await study.getMessages()).find((m) => buttons(m).some((b) => b.custom_id.startsWith('answer '))))
  assert.match(text(question), /三次握手为什么是三次/)
  const thread = await study.waitForThread()
  step('the question is asked, with a button and a thread')

  const answer = buttons(question).find((b) => b.custom_id.startsWith('answer '))
  const form = await answered(await study.user(members.ann).clickButton({ messageId: question.id, customId: answer.custom_id }))
  assert.equal(form.type, 9)
  const field = form.components[0].components[0]
  const feedback = await answered(await study.user(members.ann).submitModal({ customId: form.custom_id, fields: [{ customId: field.custom_id, value: '双方都要确认对方能收也能发，初始序号都要得到确认' }] }))
  assert.equal(feedback.flags, 64)
  assert.match(text(feedback), /✓/)
  step('ann answers by the form, and alone sees what her answer holds')

  assert.match(text(await command('bob', 'study', 'answer', [['text', '旧的 SYN 不会误开连接']])), /✓/)
  step('bob answers by the command')

  const said = await discord.thread(thread.id).user(members.cyd).sendMessage({ content: '序号都要得到确认' })
  await until('the mark at an answer', () => discord.prisma.reaction.findFirst({ where: { messageId: said.id } }))
  step('cyd answers in the thread, and sees a mark at the message')

  assert.equal((await command('boss', 'study-admin', 'reveal')).flags, 64)
  const reveal = await until('the reveal', async () => (await discord.thread(thread.id).getMessages()).find((m) => /ann/.test(text(m)) && /cyd/.test(text(m))))
  assert.match(text(reveal), /bob/)
  assert.match(text(reveal), /tcp\.md:\d+/)
  await until('the question without a button', async () => buttons((await study.getMessages()).find((m) => m.id === question.id)).length === 0)
  step('the reveal stands in the thread, with the tally and the source')

  const board = text(await command('bob', 'study', 'top'))
  for (const who of ['ann', 'bob', 'cyd']) assert.match(board, new RegExp(who))
  step('the board names all three')

  bot.kill('SIGKILL')
  await bot.gone
  start()
  await until('connected again', () => bot.log.includes('connected to Discord'))
  assert.equal((await answered(await study.user(members.bob).clickButton({ messageId: question.id, customId: answer.custom_id }))).flags, 64)
  const again = await answered(await study.user(members.bob).clickButton({ messageId: shown.id, customId: share.custom_id }))
  assert.match(text(again), /bob/)
  step('after a kill, the buttons of old messages work')

  const posted = (await study.getMessages()).filter((m) => /三次握手为什么是三次/.test(text(m)) && m.embeds?.[0]?.url)
  assert.equal(posted.length, 1)
  bot.kill('SIGTERM')
  assert.equal(await bot.gone, 0)
  assert.ok(!bot.log.includes(discord.botToken))
  step('one question, and an orderly end')
} finally {
  bot?.kill('SIGKILL')
  await discord.stop()
}
console.log('a day in Discord: passed')
process.exit(0)
