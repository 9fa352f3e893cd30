export { DigitalDiscord } from 'discord-digital-twin'
export { ChannelType } from 'discord-api-types/v10'
