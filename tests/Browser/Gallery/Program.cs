using Postern.Tests.Gallery;

await GalleryHost.Build(args is [var url] ? url : "http://127.0.0.1:5080").RunAsync();
