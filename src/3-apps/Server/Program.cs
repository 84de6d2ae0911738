using Postern.Server;
using Postern.Server.Hosting;

return await new PosternCommand(EnvironmentSettings.OfProcess()).RunAsync(args);
