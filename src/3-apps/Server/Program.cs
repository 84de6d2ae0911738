using Postern.Server;

return await PosternCommand.RunAsync(args);
