using System;
using System.Text;
using Sluice.Registers;

namespace Corpus;

/// <summary>A guest's text on its way into a log.</summary>
public class Texts
{
    public void Decoded([GuestControlled] ReadOnlySpan<byte> bytes) => Console.WriteLine({|SLU2011:Encoding.ASCII.GetString(bytes)|});

    public void New_string([GuestControlled] ReadOnlySpan<char> chars) => Console.WriteLine({|SLU2011:new string(chars)|});

    public void String_format([GuestControlled] string text) => Console.WriteLine({|SLU2011:string.Format("{0}", text)|});

    public void String_concat([GuestControlled] string text) => Console.WriteLine({|SLU2011:string.Concat("a", text)|});

    public void To_string([GuestControlled] ReadOnlySpan<char> chars) => Console.WriteLine({|SLU2011:chars.ToString()|});

    public void Substring([GuestControlled] string text) => Console.WriteLine({|SLU2011:text.Substring(1)|});

    public void Replace([GuestControlled] string text) => Console.WriteLine({|SLU2011:text.Trim()|});

    public void Handler([GuestControlled] string text) => HandlerLog.Write({|SLU2011:$"name: {text}"|});

    public void Handler_number([GuestControlled] uint number) => HandlerLog.Write($"number: {number}");

    public void Join([GuestControlled] string text) => Console.WriteLine({|SLU2011:string.Join(',', text, "a")|});

    public void Number_text([GuestControlled] uint value) => Console.WriteLine(value.ToString());

    public void Object_argument([GuestControlled] string text) => Console.WriteLine("{0}", text);

    public static class HandlerLog
    {
        [LogSink]
        public static void Write(ref System.Runtime.CompilerServices.DefaultInterpolatedStringHandler handler) => handler.ToStringAndClear();
    }

    public void Format_of_the_guest([GuestControlled] string text) => _ = string.Format({|SLU2011:text|}, 1);
}
