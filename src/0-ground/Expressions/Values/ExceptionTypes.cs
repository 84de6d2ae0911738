namespace Postern.Expressions;

/// <summary>The exception types of the language.</summary>
public static class ExceptionTypes
{
    public static readonly ScriptType BaseException = new("BaseException");
    public static readonly ScriptType Exception = new("Exception", BaseException);
    public static readonly ScriptType ArithmeticError = new("ArithmeticError", Exception);
    public static readonly ScriptType AssertionError = new("AssertionError", Exception);
    public static readonly ScriptType AttributeError = new("AttributeError", Exception);
    public static readonly ScriptType EOFError = new("EOFError", Exception);
    public static readonly ScriptType FloatingPointError = new("FloatingPointError", ArithmeticError);
    public static readonly ScriptType ImportError = new("ImportError", Exception);
    public static readonly ScriptType LookupError = new("LookupError", Exception);
    public static readonly ScriptType IndexError = new("IndexError", LookupError);
    public static readonly ScriptType KeyError = new("KeyError", LookupError);
    public static readonly ScriptType ModuleNotFoundError = new("ModuleNotFoundError", ImportError);
    public static readonly ScriptType NameError = new("NameError", Exception);
    public static readonly ScriptType OSError = new("OSError", Exception);
    public static readonly ScriptType ConnectionError = new("ConnectionError", OSError);
    public static readonly ScriptType PermissionError = new("PermissionError", OSError);
    public static readonly ScriptType TimeoutError = new("TimeoutError", OSError);
    public static readonly ScriptType OverflowError = new("OverflowError", ArithmeticError);
    public static readonly ScriptType RuntimeError = new("RuntimeError", Exception);
    public static readonly ScriptType NotImplementedError = new("NotImplementedError", RuntimeError);
    public static readonly ScriptType RecursionError = new("RecursionError", RuntimeError);
    public static readonly ScriptType StopIteration = new("StopIteration", Exception);
    public static readonly ScriptType SyntaxError = new("SyntaxError", Exception);
    public static readonly ScriptType TypeError = new("TypeError", Exception);
    public static readonly ScriptType UnboundLocalError = new("UnboundLocalError", NameError);
    public static readonly ScriptType ValueError = new("ValueError", Exception);
    public static readonly ScriptType UnicodeError = new("UnicodeError", ValueError);
    public static readonly ScriptType UnicodeDecodeError = new("UnicodeDecodeError", UnicodeError);
    public static readonly ScriptType UnicodeEncodeError = new("UnicodeEncodeError", UnicodeError);
    public static readonly ScriptType ZeroDivisionError = new("ZeroDivisionError", ArithmeticError);

    /// <summary>The types a script can name without an import.</summary>
    internal static readonly ScriptType[] All =
    [
        BaseException, Exception, ArithmeticError, AssertionError, AttributeError, EOFError, FloatingPointError, ImportError, LookupError, IndexError,
        KeyError, ModuleNotFoundError, NameError, OSError, ConnectionError, PermissionError, TimeoutError, OverflowError, RuntimeError,
        NotImplementedError, RecursionError, StopIteration, SyntaxError, TypeError, UnboundLocalError, ValueError, UnicodeError, UnicodeDecodeError,
        UnicodeEncodeError, ZeroDivisionError,
    ];
}
