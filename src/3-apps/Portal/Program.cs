using Postern.Portal.Hosting;

return await PortalProgram.RunAsync(CancellationToken.None);
