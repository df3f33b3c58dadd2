<#import "template.ftl" as layout>
<#assign erreur = messagesPerField.getFirstError("username", "password")>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("username", "password"); section>
<#if section = "header">${msg("loginAccountTitle")}<#elseif section = "form">
<#if erreur?has_content>
<div class="alerte alerte-error" role="alert" id="input-error"><p>${kcSanitize(erreur)?no_esc}</p></div>
</#if>
<form id="kc-form-login" class="formulaire" action="${url.loginAction}" method="post" novalidate>
  <#if !usernameHidden??>
  <div class="champ<#if erreur?has_content> en-erreur</#if>">
    <label for="username">${msg("usernameOrEmail")}</label>
    <p class="aide" id="aide-identifiant">${msg("aideIdentifiant")}</p>
    <input class="saisie" id="username" name="username" type="text" value="${login.username!""}" autocomplete="username" autocapitalize="none" spellcheck="false"
      aria-describedby="<#if erreur?has_content>input-error </#if>aide-identifiant"<#if erreur?has_content> aria-invalid="true"</#if> autofocus>
  </div>
  </#if>
  <div class="champ<#if erreur?has_content> en-erreur</#if>">
    <label for="password">${msg("password")}</label>
    <div class="saisie-groupe">
      <input class="saisie" id="password" name="password" type="password" autocomplete="current-password"<#if erreur?has_content> aria-describedby="input-error" aria-invalid="true"</#if><#if usernameHidden??> autofocus</#if>>
      <button class="voir" type="button" aria-label="${msg("showPassword")}" aria-controls="password" data-password-toggle data-icon-show="i i-oeil" data-icon-hide="i i-oeil-barre"
        data-label-show="${msg("showPassword")}" data-label-hide="${msg("hidePassword")}"><span class="i i-oeil" aria-hidden="true"></span></button>
    </div>
  </div>
  <input type="hidden" name="credentialId" value="${(auth.selectedCredential)!""}">
  <button class="bouton" id="kc-login" name="login" type="submit">${msg("doLogIn")}</button>
</form>
</#if>
</@layout.registrationLayout>
