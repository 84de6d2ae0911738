using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Postern.Tests.Benchmarks.Expressions.ExpressionBenchmarks).Assembly).Run(args);
